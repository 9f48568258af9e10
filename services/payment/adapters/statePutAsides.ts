import type { StateStore } from "#common/dapr/ports";
import type { PutAside, PutAsides } from "../app/ports.ts";
import { changed } from "./savedValue.ts";

/** How many messages are kept: more than an operator looks through, few enough for one value of the store. */
const most = 200;
const key = "put-aside";

/** What was put aside, as one list in the state store. */
export function statePutAsides(state: StateStore): PutAsides {
  return {
    async add(message) {
      let added = false;
      await changed(state, key, (list: readonly PutAside[] = []) => {
        added = !list.some(({ eventId }) => eventId === message.eventId);
        return added ? [message, ...list].slice(0, most) : list;
      });
      return added;
    },
    list: async () => (await state.get<readonly PutAside[]>(key))?.value ?? [],
  };
}
