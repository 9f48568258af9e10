import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { StateStore } from "#common/dapr/ports";
import { stateNames } from "../adapters/stateNames.ts";

/** What holds of names in every state store. */
export function namesContract(name: string, state: StateStore): void {
  const names = (key = randomUUID()) => stateNames(state, key);

  describe(`names in ${name}`, () => {
    it("every name is listed until it is removed, on however many pages", async () => {
      const those = names();
      const all = Array.from({ length: 230 }, (_, index) => `n${index}`);
      for (const one of all) await those.add(one);
      expect(await those.list()).toEqual(all);
      for (const one of ["n5", "n210"]) await those.remove(one);
      expect(await those.list()).toHaveLength(228);
      await those.add("n5");
      expect(await those.list()).toContain("n5");
    });

    it("a name that is added again is listed once", async () => {
      const those = names();
      for (let times = 0; times < 3; times++) await those.add("one");
      expect(await those.list()).toEqual(["one"]);
      await those.remove("one");
      expect(await those.list()).toEqual([]);
    });

    it("names that several add and remove at once are neither lost nor left behind", async () => {
      const key = randomUUID();
      const [one, other] = [names(key), names(key)];
      for (const old of ["a", "b"]) await one.add(old);
      await Promise.all([one.add("c"), other.add("d"), other.remove("a"), one.remove("b"), other.add("c")]);
      expect([...(await one.list())].sort()).toEqual(["c", "d"]);
    });
  });
}
