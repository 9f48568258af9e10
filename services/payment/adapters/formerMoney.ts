import type { StateStore } from "#common/dapr/ports";
import type { PutAside } from "../domain/putAside.ts";
import type { FormerClaim } from "./keptActs.ts";
import { stateNames } from "./stateNames.ts";

/** What versions before this one keep of money put aside, and of acts, in the store that may be emptied. */
export type FormerMoney = {
  find(eventId: string): Promise<PutAside | undefined>;
  putAsides(): Promise<PutAside[]>;
  claims(): Promise<FormerClaim[]>;
};

/** Reads it; nothing is written there any more. */
export function formerMoney(state: StateStore): FormerMoney {
  const readValue = async <T>(key: string) => (await state.get<T>(key))?.value;
  const byId = (eventId: string) => readValue<PutAside>(`put-aside-${eventId}`);
  /** The oldest way: the newest two hundred in one value. */
  const inOneValue = async () => (await readValue<readonly PutAside[]>("put-aside")) ?? [];

  return {
    find: async (eventId) => (await byId(eventId)) ?? (await inOneValue()).find((one) => one.eventId === eventId),

    async putAsides() {
      const oldest = await inOneValue();
      const ids = [...(await stateNames(state, "put-asides").list()), ...oldest.map(({ eventId }) => eventId)];
      const found = await Promise.all([...new Set(ids)].map(byId));
      const ways = new Map([...oldest, ...found.filter((one) => one !== undefined)].map((one) => [one.eventId, one]));
      return [...ways.values()];
    },

    async claims() {
      const ids = await stateNames(state, "acts").list();
      const found = await Promise.all(ids.map((id) => readValue<FormerClaim>(`act-${id}`)));
      return found.filter((claim) => claim !== undefined);
    },
  };
}
