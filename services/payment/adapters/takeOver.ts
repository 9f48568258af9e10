import type { Acts, ActTold, PutAsides } from "../app/services.ts";
import { type ActRecord, type PutAside, recordOf } from "../domain/putAside.ts";
import type { FormerMoney } from "./formerMoney.ts";
import type { FormerClaim } from "./keptActs.ts";

/**
 * Brings what versions before this one kept in a store that may be emptied to where nothing is forgotten. It is done
 * again and again, as replicas of theirs may still be there; what was brought before is left alone.
 */
export function takeOver(former: FormerMoney, putAsides: PutAsides, acts: Acts): () => Promise<void> {
  const done = new Set<string>();

  async function adopt(message: PutAside): Promise<void> {
    const version = `${message.eventId} ${message.decisions?.length ?? 0}`;
    if (done.has(version)) return;
    await putAsides.adopt(message);
    done.add(version);
  }

  /** What is known of an act by now; one that came to nothing yet may still do so. */
  async function learn({ id, target, refusal }: FormerClaim): Promise<[ActRecord, ActTold] | undefined> {
    const message = await former.find(target);
    if (message) await adopt(message);
    const record = refusal?.record ?? (message && recordOf(message, id));
    if (!record) return undefined;
    const { subject, action } = record;
    return [record, { target, subject, action, ...(refusal && { refusal }) }];
  }

  return async () => {
    for (const message of await former.putAsides()) await adopt(message);
    const claims = (await former.claims()).filter(({ id }) => !done.has(id));
    const known = (await Promise.all(claims.map(learn))).filter((one) => one !== undefined);
    known.sort(([one], [other]) => one.at.localeCompare(other.at));
    for (const [{ id, at }, act] of known) {
      await acts.claim(id, Date.parse(at), act);
      done.add(id);
    }
  };
}

/** What was done once is not done again; what failed is. */
export function onceDone(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work().catch((error: unknown) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}
