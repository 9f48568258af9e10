import { status } from "@grpc/grpc-js";
import { expect, test } from "vitest";
import { StateConflict } from "./ports.ts";
import type { DaprApi } from "./sidecarApi.ts";
import { sidecarState } from "./sidecarState.ts";

type Stored = { data: Uint8Array; etag: string };

/** A sidecar that counts its calls, and fails the next save after it stored what could be stored. */
function fakeApi() {
  const stored = new Map<string, Stored>();
  const calls: string[] = [];
  let failing: unknown;
  const nothing: Stored = { data: new Uint8Array(), etag: "" };
  const api = {
    async getState({ key = "" }) {
      calls.push(`get ${key}`);
      return stored.get(key) ?? nothing;
    },
    async getBulkState({ keys = [] as string[] }) {
      calls.push(`get ${keys.join(" ")}`);
      return {
        items: keys.map((key) => ({ key, error: key === "broken" ? "no" : "", ...(stored.get(key) ?? nothing) })),
      };
    },
    async saveState({ states = [] as { key: string; value: Uint8Array }[] }) {
      calls.push(`save ${states.map(({ key }) => key).join(" ")}`);
      const conflicts = states.filter(({ key }) => stored.has(key));
      for (const { key, value } of states) if (!stored.has(key)) stored.set(key, { data: value, etag: "1" });
      if (failing) throw failing;
      if (conflicts.length > 0) throw new Error("etag mismatch");
    },
  };
  const fail = (error: unknown) => {
    failing = error;
  };
  return { calls, fail, state: sidecarState(api as unknown as DaprApi) };
}

test("a lone read and a lone save are one call each", async () => {
  const { calls, state } = fakeApi();
  await state.save("a", 1, { create: true });
  expect((await state.get("a"))?.value).toBe(1);
  expect(calls).toEqual(["save a", "get a"]);
});

test("what is asked for together is one call, and each gets its own answer", async () => {
  const { calls, state } = fakeApi();
  await Promise.all(["a", "b", "c"].map((key) => state.save(key, key, { create: true })));
  const found = await Promise.allSettled(["a", "x", "broken", "b", "a"].map((key) => state.get(key)));
  expect(calls).toEqual(["save a b c", "get a x broken b"]);
  expect(found.map((one) => (one.status === "fulfilled" ? one.value?.value : "failed"))).toEqual([
    "a",
    undefined,
    "failed",
    "b",
    "a",
  ]);
});

test("of a batch that fails, only what is not stored is saved again, each alone", async () => {
  const { calls, state } = fakeApi();
  await state.save("b", "another's", { create: true });
  const saved = await Promise.allSettled(["a", "b", "c"].map((key) => state.save(key, key, { create: true })));
  expect(calls).toEqual(["save b", "save a b c", "get a b c", "save b"]);
  expect(saved.map((one) => (one.status === "rejected" ? one.reason : "saved"))).toEqual([
    "saved",
    expect.any(StateConflict),
    "saved",
  ]);
});

test("a sidecar that is away is not asked for each one alone", async () => {
  const { calls, fail, state } = fakeApi();
  fail(Object.assign(new Error("gone"), { code: status.UNAVAILABLE }));
  const saved = await Promise.allSettled(["a", "b"].map((key) => state.save(key, key)));
  expect(calls).toEqual(["save a b"]);
  for (const one of saved) expect(one).toMatchObject({ status: "rejected", reason: { kind: "unavailable" } });
});
