import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { StateStore } from "#common/dapr/ports";
import { type Kept, keptLog } from "./log.ts";

/** A log that nobody else uses. */
const newLog = (state: StateStore, key = randomUUID()) => keptLog<string>(state, key);

/** All of a log before a moment. */
async function allOf<T>(pages: AsyncGenerator<readonly Kept<T>[]>): Promise<Kept<T>[]> {
  const all: Kept<T>[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** What holds of a log in every store. */
export function logContract(name: string, state: StateStore): void {
  describe(`a log in ${name}`, () => {
    test("all that was added is there, newest first, on however many pages, and from any moment on", async () => {
      const log = newLog(state);
      const ids = Array.from({ length: 230 }, (_, index) => `n${index}`);
      for (const [index, id] of ids.entries()) await log.add(id, index * 10, () => id);
      expect((await allOf(log.newest())).map(({ value }) => value)).toEqual(ids.toReversed());
      for (const [until, left] of [
        [0, 0],
        [1, 1],
        [999, 100],
        [1_000, 100],
        [1_001, 101],
        [5_000, 230],
      ] as const)
        expect((await allOf(log.newest(until))).map(({ id }) => id)).toEqual(ids.slice(0, left).toReversed());
    });

    test("what is added again is there once, as it was first, and is found by its id", async () => {
      const log = newLog(state);
      expect(await log.add("one", 5, () => "first")).toMatchObject({ value: "first", at: 5, added: true });
      expect(await log.add("one", 9, () => "second")).toMatchObject({ value: "first", at: 5, added: false });
      expect(await allOf(log.newest())).toEqual([{ id: "one", at: 5, value: "first" }]);
      expect([await log.find("one"), await log.find("two")]).toEqual(["first", undefined]);
    });

    test("of two that are added at one moment, or by a clock that is behind, the later one is after the other", async () => {
      const log = newLog(state);
      for (const [id, at] of Object.entries({ a: 7, b: 7, c: 3 })) await log.add(id, at, () => id);
      expect((await allOf(log.newest())).map(({ id, at }) => [id, at])).toEqual([
        ["c", 9],
        ["b", 8],
        ["a", 7],
      ]);
    });

    test("what many add at once is all there, each once", async () => {
      const key = randomUUID();
      const logs = [newLog(state, key), newLog(state, key)];
      const ids = Array.from({ length: 6 }, (_, index) => `n${index}`);
      await Promise.all(logs.flatMap((log) => ids.map((id) => log.add(id, 1, () => id))));
      const all = await allOf(newLog(state, key).newest());
      expect(all.map(({ id }) => id).sort()).toEqual(ids);
      expect(new Set(all.map(({ at }) => at)).size).toBe(ids.length);
    });

    test("one that is changed stays in its place", async () => {
      const log = newLog(state);
      for (const id of ["a", "b"]) await log.add(id, 1, () => id);
      await Promise.all([log.update("a", (text) => `${text}+`), log.update("a", (text) => `${text}+`)]);
      expect((await allOf(log.newest())).map(({ value }) => value)).toEqual(["b", "a++"]);
      await expect(log.update("c", () => "c")).rejects.toMatchObject({ kind: "not_found" });
    });
  });
}
