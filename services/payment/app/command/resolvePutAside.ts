import type { Handler } from "#common/decorator/observed";
import { AppError, isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { type ActRecord, type Decision, decide, type PutAside, recordOf } from "../../domain/putAside.ts";
import type { Acts, PutAsides } from "../services.ts";

/** Who decides, what, on which message, and why. */
export type ResolvePutAside = {
  act: { requestId: string; subject: string; name: string; reason: string };
  eventId: string;
  decision: Decision;
};

export type ResolvePutAsideDeps = {
  putAsides: PutAsides;
  acts: Acts;
  /** Ends when what versions before kept is where acts are kept: new ones come after it. */
  takenOver: () => Promise<void>;
  /** Has the provider do what was decided. */
  finish: (message: PutAside) => Promise<PutAside>;
  logger: Logger;
  now: () => number;
  traceId: () => string;
};

/**
 * Says what becomes of money that is no order's, once. The act's record is stored by the save that decides, and a
 * refusal is kept too; the same request id is answered as it was first. What the provider cannot do now is done later.
 * @throws AppError "not_found", or "conflict" when it was decided before or the request id belongs to another act.
 */
export function resolvePutAside(deps: ResolvePutAsideDeps): Handler<ResolvePutAside, void> {
  const { putAsides, acts, finish, logger } = deps;

  return async (wish) => {
    const { act, eventId, decision } = wish;
    await deps.takenOver();
    const asked = { target: eventId, subject: act.subject, action: actionOf(decision) };
    const claim = await acts.claim(act.requestId, deps.now(), asked);
    if (claim.target !== eventId || claim.subject !== act.subject || claim.action !== asked.action) throw another();
    if (claim.refusal) {
      const { kind, record } = claim.refusal;
      demandSame(record, wish);
      throw new AppError(kind, record.refusal);
    }
    const found = await putAsides.find(eventId);
    const record = recordFor(wish, found, new Date(claim.at), deps);
    if (!found) return refuse(record, "not_found", "No message of this id was put aside");
    const decided = await putAsides.update(eventId, (message) =>
      recordOf(message, act.requestId) ? message : decide(message, decision, record),
    );
    const mine = recordOf(decided, act.requestId);
    if (!mine) {
      const by = decided.decisions?.at(-1)?.record.name;
      return refuse(record, "conflict", `It was decided before${by ? `, by ${by}` : ""}`);
    }
    demandSame(mine, wish);
    await finish(decided).catch((error: unknown) => {
      if (!isKind(error, "unavailable")) throw error;
      logger.warn("what was decided is done later", { eventId, reason: error.message });
    });
  };

  async function refuse(record: ActRecord, kind: "not_found" | "conflict", refusal: string) {
    await acts.refuse({ kind, record: { ...record, after: "{}", refusal } });
    throw new AppError(kind, refusal);
  }
}

const another = () => new AppError("conflict", "This request id belongs to another act. Use a new one.");

const actionOf = (decision: Decision) => `put_aside.${decision}`;

/** @throws AppError "conflict" when the act of this id is not the one that is asked for. */
function demandSame({ subject, reason, action }: ActRecord, { act, decision }: ResolvePutAside): void {
  if (subject !== act.subject || reason !== act.reason || action !== actionOf(decision)) throw another();
}

function recordFor(
  { act, eventId, decision }: ResolvePutAside,
  found: PutAside | undefined,
  at: Date,
  { traceId }: ResolvePutAsideDeps,
): ActRecord {
  const { requestId: id, subject, name, reason } = act;
  const before = found?.decisions?.at(-1)?.decision ?? null;
  return {
    ...{ id, subject, name, reason, action: actionOf(decision), target: eventId },
    before: JSON.stringify({ decision: before }),
    after: JSON.stringify({ decision }),
    at: at.toISOString(),
    traceId: traceId(),
    refusal: "",
  };
}
