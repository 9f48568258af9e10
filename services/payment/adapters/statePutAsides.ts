import type { StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import type { PutAsides } from "../app/ports.ts";
import type { PutAside } from "../domain/putAside.ts";
import { changed } from "./savedValue.ts";
import { stateNames } from "./stateNames.ts";

/** Where the version before keeps the newest two hundred in one value. */
const oldKey = "put-aside";

/**
 * What was put aside: each message under a key of its own, its name in a list before it is stored, so that none is ever
 * missed. A name without a message is one whose storing was interrupted: the provider sends it again.
 */
export function statePutAsides(state: StateStore): PutAsides {
  const names = stateNames(state, "put-asides");
  const keyOf = (eventId: string) => `put-aside-${eventId}`;
  const stored = async (eventId: string) => (await state.get<PutAside>(keyOf(eventId)))?.value;
  const old = async () => (await state.get<readonly PutAside[]>(oldKey))?.value ?? [];

  async function find(eventId: string): Promise<PutAside | undefined> {
    return (await stored(eventId)) ?? (await old()).find((one) => one.eventId === eventId);
  }

  return {
    find,

    async add(message) {
      if (await find(message.eventId)) return false;
      await names.add(message.eventId);
      let added = false;
      await changed(state, keyOf(message.eventId), (there?: PutAside) => {
        added = there === undefined;
        return there ?? message;
      });
      return added;
    },

    async update(eventId, change) {
      const known = await find(eventId);
      if (!known) throw new AppError("not_found", "There is no such message");
      await names.add(eventId);
      return changed(state, keyOf(eventId), (there: PutAside = known) => change(there));
    },

    close: (eventId) => names.remove(eventId),

    async list() {
      const listed = await Promise.all((await names.list()).map(stored));
      const before = await old();
      const moved = await Promise.all(before.map(({ eventId }) => stored(eventId)));
      const all = [...listed.filter((one) => one !== undefined).reverse(), ...before.filter((_, i) => !moved[i])];
      return all.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
    },
  };
}
