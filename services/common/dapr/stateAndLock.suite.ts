import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { type Locks, StateConflict, type StateStore } from "./ports.ts";

const within = { timeout: 40_000, interval: 50 };

/** Long enough to be read before its end on a busy machine. */
const aWhile = { ttlSeconds: 3 };

/** What every {@link StateStore} does. @param gone what a save with the version of a value that is not there comes to. */
export function stateContract(name: string, state: StateStore, gone: "made" | "conflict" = "made"): void {
  const conflicts = (results: readonly PromiseSettledResult<void>[]) =>
    results.filter((result) => result.status === "rejected").map(({ reason }) => reason);

  describe(name, () => {
    test("what was never saved is not there", async () => {
      expect(await state.get(randomUUID())).toBeUndefined();
    });

    const values = [{ a: [1, { b: null }] }, [], "5", "true", "", 'a "quoted" line\n', 5, 0, -1.5, true, false, null];
    test.each(values.map((value) => [value] as const))("%j comes back as what it was", async (value) => {
      const key = randomUUID();
      await state.save(key, value);
      expect((await state.get(key))?.value).toEqual(value);
    });

    test.each(["with space", "a/b/../c", "50%25", "ünï 🍜", 'q"uote', "{brace}:colon*", "line\nbreak", "a||b", "%7C|"])(
      "a key may be %j",
      async (odd) => {
        const key = `${odd}${randomUUID()}`;
        await state.save(key, odd);
        expect((await state.get(key))?.value).toBe(odd);
        expect(await state.get(`${key} `)).toBeUndefined();
      },
    );

    test("without a condition the last write wins", async () => {
      const key = randomUUID();
      await state.save(key, 1);
      await state.save(key, 2);
      expect((await state.get(key))?.value).toBe(2);
    });

    test("creating succeeds once", async () => {
      const key = randomUUID();
      await state.save(key, "first", { create: true });
      await expect(state.save(key, "second", { create: true })).rejects.toThrow(StateConflict);
      expect((await state.get(key))?.value).toBe("first");
    });

    test("of many who create at once one wins", async () => {
      const key = randomUUID();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) => state.save(key, i, { create: true })),
      );
      const lost = conflicts(results);
      expect(lost).toHaveLength(9);
      for (const error of lost) expect(error).toBeInstanceOf(StateConflict);
      expect((await state.get(key))?.value).toBe(results.findIndex(({ status }) => status === "fulfilled"));
    });

    test("a save with the version that was read succeeds once", async () => {
      const key = randomUUID();
      await state.save(key, "first");
      const { etag = "" } = (await state.get(key)) ?? {};
      await state.save(key, "second", { etag });
      await expect(state.save(key, "third", { etag })).rejects.toThrow(StateConflict);
      expect((await state.get(key))?.value).toBe("second");
      expect((await state.get(key))?.etag).not.toBe(etag);
    });

    test("of many who change the same version at once one wins", async () => {
      const key = randomUUID();
      await state.save(key, "first");
      const { etag = "" } = (await state.get(key)) ?? {};
      const results = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => state.save(key, i, { etag })));
      const lost = conflicts(results);
      expect(lost).toHaveLength(9);
      for (const error of lost) expect(error).toBeInstanceOf(StateConflict);
      expect((await state.get(key))?.value).toBe(results.findIndex(({ status }) => status === "fulfilled"));
    });

    test("of many that travel together each has its own answer, and half a batch failing fails nobody else", async () => {
      const keys = Array.from({ length: 12 }, () => randomUUID());
      const taken = (index: number) => index % 2 === 1;
      await Promise.all(keys.filter((_, i) => taken(i)).map((key) => state.save(key, "taken", { create: true })));
      const created = await Promise.allSettled(keys.map((key) => state.save(key, `new ${key}`, { create: true })));
      expect(created.map(({ status }) => status)).toEqual(keys.map((_, i) => (taken(i) ? "rejected" : "fulfilled")));
      for (const error of conflicts(created)) expect(error).toBeInstanceOf(StateConflict);
      const found = await Promise.all([...keys, randomUUID()].map((key) => state.get(key)));
      const values = found.map((one) => one?.value);
      expect(values).toEqual([...keys.map((key, i) => (taken(i) ? "taken" : `new ${key}`)), undefined]);

      // The versions are those of the saves: whoever was saved in a batch that failed may save with it again.
      const changed = await Promise.allSettled(
        keys.map((key, i) => state.save(key, `second ${key}`, { etag: taken(i) ? "99" : (found[i]?.etag ?? "") })),
      );
      expect(changed.map(({ status }) => status)).toEqual(created.map(({ status }) => status));
      const after = await Promise.all(keys.map(async (key) => (await state.get(key))?.value));
      expect(after).toEqual(keys.map((key, i) => (taken(i) ? "taken" : `second ${key}`)));
    });

    test("of many who store the same on one version, or create the same, exactly one was first", async () => {
      const key = randomUUID();
      const firsts = (results: readonly PromiseSettledResult<void>[]) =>
        results.filter(({ status }) => status === "fulfilled").length;
      const many = (save: () => Promise<void>) => Promise.allSettled(Array.from({ length: 5 }, save));
      expect(firsts(await many(() => state.save(key, "same", { create: true })))).toBe(1);
      const { etag = "" } = (await state.get(key)) ?? {};
      expect(firsts(await many(() => state.save(key, "next", { etag })))).toBe(1);
    });

    test("many with and without conditions, and a key that is refused, do not disturb each other", async () => {
      const [made, plain, gone] = [randomUUID(), randomUUID(), randomUUID()];
      await state.save(plain, "first");
      const results = await Promise.allSettled([
        state.save(made, "made", { create: true }),
        state.save(plain, "second"),
        state.save(gone, "brief", { ttlSeconds: 60 }),
        state.save(`${made}||odd`, "odd"),
      ]);
      expect(results.slice(0, 3).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
      const read = await Promise.allSettled([state.get(made), state.get(`${made}||odd`), state.get(plain)]);
      const values = read.map((one) => (one.status === "fulfilled" ? one.value?.value : "refused"));
      expect([values[0], values[2]]).toEqual(["made", "second"]);
    });

    test("a version of a value that is gone guards no creation in one store, and is in conflict in the other", async () => {
      const key = randomUUID();
      const saved = await state.save(key, "made", { etag: "7" }).catch((error: Error) => error);
      expect(saved instanceof StateConflict ? "conflict" : "made").toBe(gone);
      expect((await state.get(key))?.value).toBe(gone === "made" ? "made" : undefined);
    });

    test("keys that differ by a capital letter, an accent or a blank are different keys, at any length", async () => {
      const id = randomUUID();
      const keys = ["evt_a", "evt_A", "evt_á", "evt_a ", "evt_a".repeat(80), `${"evt_a".repeat(80)}A`].map(
        (k) => id + k,
      );
      for (const key of keys) await state.save(key, key, { create: true });
      const found = await Promise.all(keys.map((key) => state.get(key)));
      expect(found.map((one) => one?.value)).toEqual(keys);
    });

    test("a value vanishes after its time, and can be created anew", async () => {
      const key = randomUUID();
      await state.save(key, "brief", aWhile);
      expect((await state.get(key))?.value).toBe("brief");
      await vi.waitFor(async () => expect(await state.get(key)).toBeUndefined(), within);
      await state.save(key, "anew", { create: true });
    });

    test("a save without a time makes the value stay, one with a time sets it again", async () => {
      const [stays, brief, later] = [randomUUID(), randomUUID(), randomUUID()];
      for (const key of [stays, later]) await state.save(key, 1, aWhile);
      const { etag = "" } = (await state.get(stays)) ?? {};
      await state.save(stays, 2, { etag });
      await state.save(later, 2, { ttlSeconds: 60 });
      await state.save(brief, 1, aWhile);
      await vi.waitFor(async () => expect(await state.get(brief)).toBeUndefined(), within);
      expect((await state.get(stays))?.value).toBe(2);
      expect((await state.get(later))?.value).toBe(2);
    });
  });
}

/** What every {@link Locks} does. */
export function lockContract(name: string, locks: Locks): void {
  const free = (resource: string) => locks.withLock(resource, 10, async () => {});

  describe(name, () => {
    test("a lock that is held keeps others out at once, and theirs are their own", async () => {
      const resource = randomUUID();
      const held = await locks.withLock(resource, 10, async () => {
        expect(await free(resource)).toBe(false);
        expect(await free(randomUUID())).toBe(true);
      });
      expect(held).toBe(true);
    });

    test("after the work, also one that failed, the next may hold it", async () => {
      const resource = randomUUID();
      const failing = locks.withLock(resource, 10, () => Promise.reject(new Error("burnt")));
      await expect(failing).rejects.toThrow("burnt");
      expect(await free(resource)).toBe(true);
      expect(await free(resource)).toBe(true);
    });

    test("of many at once one holds it", async () => {
      const resource = randomUUID();
      let inside = 0;
      const answers: Promise<boolean>[] = [];
      await locks.withLock(resource, 10, async () => {
        for (let i = 0; i < 8; i++) answers.push(locks.withLock(resource, 10, async () => void inside++));
        await Promise.all(answers);
      });
      expect(await Promise.all(answers)).not.toContain(true);
      expect(inside).toBe(0);
    });

    test("a lock ends with its time, and whoever lost it does not give back the next one's", async () => {
      const resource = randomUUID();
      let second: Promise<boolean> | undefined;
      const finish = deferred<void>();
      await locks.withLock(resource, 1, async () => {
        await vi.waitFor(async () => {
          const taken = deferred<"taken">();
          const attempt = locks.withLock(resource, 30, () => {
            taken.resolve("taken");
            return finish.promise;
          });
          expect(await Promise.race([taken.promise, attempt])).toBe("taken");
          second = attempt;
        }, within);
      });
      expect(await free(resource)).toBe(false);
      finish.resolve();
      expect(await second).toBe(true);
      expect(await free(resource)).toBe(true);
    });
  });
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
