import type { StateStore } from "#common/dapr/ports";
import type { ActClaim, Acts } from "../app/ports.ts";
import { changed } from "./savedValue.ts";
import { stateNames } from "./stateNames.ts";

/** What acts were begun, under `act-<id>`; what was refused is told there, what was done where it changed something. */
export function stateActs(state: StateStore): Acts {
  const names = stateNames(state, "acts");
  const keyOf = (id: string) => `act-${id}`;

  return {
    async claim(id, target) {
      await names.add(id);
      return changed(state, keyOf(id), (there?: ActClaim) => there ?? { id, target });
    },

    async refuse(refusal) {
      const { id, target } = refusal.record;
      return changed(state, keyOf(id), (there: ActClaim = { id, target }) =>
        there.refusal ? there : { ...there, refusal },
      );
    },

    async list() {
      const claims = await Promise.all((await names.list()).map((id) => state.get<ActClaim>(keyOf(id))));
      return claims.flatMap((claim) => claim?.value ?? []);
    },
  };
}
