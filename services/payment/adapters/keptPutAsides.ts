import type { StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import { changeValue } from "#common/kept/changeValue";
import type { PutAsides } from "../app/services.ts";
import { isOver, isUndecided, type PutAside } from "../domain/putAside.ts";
import type { FormerMoney } from "./formerMoney.ts";
import { stateNames } from "./stateNames.ts";

/**
 * What was put aside, in a store that forgets nothing: each message under a key of its own, its name in a list before it
 * is stored, so that none is ever missed. A name without a message is one whose storing was interrupted: the provider
 * sends it again. Only what is over is taken off a list, and that it stays.
 * @param former what the version before keeps, in a store that may be emptied.
 */
export function keptPutAsides(keep: StateStore, former: Pick<FormerMoney, "find">): PutAsides {
  /** All with which something is left to be done, and those of them whose money goes back. */
  const [open, going] = [stateNames(keep, "put-asides"), stateNames(keep, "put-asides-going-back")];
  const keyOf = (eventId: string) => `put-aside-${eventId}`;
  const read = async (eventId: string) => (await keep.get<PutAside>(keyOf(eventId)))?.value;
  const find = async (eventId: string) => (await read(eventId)) ?? (await former.find(eventId));

  async function list(message: PutAside): Promise<void> {
    if (isOver(message)) return;
    await open.add(nameOf(message));
    if (message.refund) await going.add(nameOf(message));
  }

  async function unlist(message: PutAside): Promise<void> {
    await Promise.all([open.remove(nameOf(message)), going.remove(nameOf(message))]);
  }

  /** The messages of these names; of names that are left of what is over the list is rid. */
  async function readNamed(names: readonly string[]): Promise<PutAside[]> {
    const found = (await Promise.all(names.map((name) => read(idIn(name))))).filter((one) => one !== undefined);
    for (const message of found) if (isOver(message)) await unlist(message);
    return found.filter((message) => !isOver(message));
  }

  async function goingBack(): Promise<PutAside[]> {
    return (await readNamed(await going.list())).filter(({ refund }) => refund !== undefined);
  }

  return {
    find,
    goingBack,

    async add(message) {
      if (await find(message.eventId)) return false;
      await list(message);
      let added = false;
      await changeValue(keep, keyOf(message.eventId), (there?: PutAside) => {
        added = there === undefined;
        return there ?? message;
      });
      return added;
    },

    async adopt(message) {
      // A replica of the version before may decide on its own copy until it is gone.
      const isNews = (there?: PutAside) => !there || (!there.decisions?.length && message.decisions?.length);
      const adopted = (there?: PutAside) => (there && !isNews(there) ? there : message);
      await changeValue(keep, keyOf(message.eventId), adopted, list);
    },

    async update(eventId, change) {
      const known = await find(eventId);
      if (!known) throw new AppError("not_found", "There is no such message");
      const now = await changeValue(keep, keyOf(eventId), (there: PutAside = known) => change(there), list);
      if (isOver(now)) await unlist(now);
      return now;
    },

    async page({ limit, after }) {
      const names = [...(await open.list())].sort().reverse();
      const rest = after === undefined ? names : names.filter((name) => name < after);
      const shown = rest.slice(0, limit);
      return { messages: await readNamed(shown), next: rest.length > limit ? shown.at(-1) : undefined };
    },

    async waiting() {
      const [names, back] = await Promise.all([open.list(), goingBack()]);
      return names.length - back.filter((message) => !isUndecided(message)).length;
    },
  };
}

/** Sorts by time. */
const nameOf = ({ at, eventId }: PutAside) => `${at} ${eventId}`;
const idIn = (name: string) => name.slice(name.indexOf(" ") + 1);
