import { expect, test, vi } from "vitest";
import { batched } from "./batch.ts";
import { keptSpans } from "./testing/spans.ts";
import { inSpan } from "./tracing.ts";

const spans = keptSpans();

/** Doubles numbers, each batch when it is told to; `batches` shows which travelled together. */
function doubler(most = 100, atOnce = 1) {
  const batches: (readonly number[])[] = [];
  const doors: (() => void)[] = [];
  const call = batched(
    async (items: readonly number[]) => {
      batches.push(items);
      await new Promise<void>((open) => doors.push(open));
      return items.map((item) => item * 2);
    },
    most,
    atOnce,
  );
  const open = () => vi.waitFor(() => (doors.shift() ?? expect.fail("nothing is under way"))());
  return { call, batches, open };
}

/** Until what was asked has left. */
const turn = () => new Promise(setImmediate);

test("a lone call leaves at once", async () => {
  const { call, batches, open } = doubler();
  const answer = call(1);
  await turn();
  expect(batches).toEqual([[1]]);
  await open();
  expect(await answer).toBe(2);
});

test("calls of one turn leave together", async () => {
  const { call, batches, open } = doubler();
  const answers = [1, 2, 3].map(call);
  await open();
  expect(await Promise.all(answers)).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test("calls that arrive while a batch is under way leave together, and each gets its own answer", async () => {
  const { call, batches, open } = doubler();
  const first = call(1);
  await turn();
  const others = [2, 3, 4].map(call);
  await open();
  await open();
  expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test("with room for two batches a second one does not wait for a slow first, and a third waits for either", async () => {
  const { call, batches, open } = doubler(100, 2);
  const answers = [call(1)];
  await turn();
  answers.push(call(2));
  await turn();
  answers.push(call(3), call(4));
  await turn();
  expect(batches).toEqual([[1], [2]]);
  for (let i = 0; i < 3; i++) await open();
  expect(await Promise.all(answers)).toEqual([2, 4, 6, 8]);
  expect(batches).toEqual([[1], [2], [3, 4]]);
});

test("no batch is larger than the limit", async () => {
  const { call, batches, open } = doubler(2);
  const answers = [1, 2, 3, 4, 5].map(call);
  for (let i = 0; i < 3; i++) await open();
  expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10]);
  expect(batches).toEqual([[1, 2], [3, 4], [5]]);
});

/** Batches of two whose failures are planned: `failing` says of the how-manieth; each takes `takesMs`. */
function failing(failing: readonly number[], takesMs = 1) {
  const batches: (readonly number[])[] = [];
  let at = 0;
  const run = async (items: readonly number[]) => {
    batches.push(items);
    at += takesMs;
    if (failing.includes(batches.length)) throw new Error("spilt");
    return items;
  };
  return { batches, call: batched(run, 2, 1, () => at) };
}
const statusesOf = async (calls: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(calls)).map(({ status }) => (status === "fulfilled" ? "done" : "failed"));

test("a batch that fails fails its own calls, and those that waited behind it travel", async () => {
  const { call, batches } = failing([2]);
  expect(await statusesOf([1, 2, 3, 4, 5].map(call))).toEqual(["done", "done", "failed", "failed", "done"]);
  expect(batches).toEqual([[1, 2], [3, 4], [5]]);
});

test("who waited behind two batches that failed gets the error, and who comes later travels", async () => {
  const { call, batches } = failing([1, 2]);
  expect(await statusesOf([1, 2, 3, 4, 5, 6].map(call))).toEqual(Array(6).fill("failed"));
  expect(await call(7)).toBe(7);
  expect(batches).toEqual([[1, 2], [3, 4], [7]]);
});

test("who waited long behind a batch that failed gets the error, and waits no second time", async () => {
  const { call, batches } = failing([1], 1_800);
  expect(await statusesOf([1, 2, 3].map(call))).toEqual(["failed", "failed", "failed"]);
  expect(await call(4)).toBe(4);
  expect(batches).toEqual([[1, 2], [4]]);
});

test("an answer too few fails the batch instead of giving somebody another one's answer", async () => {
  const call = batched(async (items: readonly number[]) => items.slice(1), 100);
  await expect(call(1)).rejects.toThrow("0 answers for a batch of 1");
});

test("a batch travels in the trace of its first call, to which the others are linked", async () => {
  const call = batched((items: readonly string[]) => inSpan(`carry ${items.join("+")}`, {}, async () => items), 100);
  const asked = (item: string) => inSpan(item, {}, () => call(item));
  await asked("a");
  await Promise.all(["b", "c"].map(asked));

  const traceOf = (name: string) =>
    spans()
      .find((span) => span.name === name)
      ?.spanContext().traceId;
  expect(traceOf("carry a")).toBe(traceOf("a"));
  expect(traceOf("carry b+c")).toBe(traceOf("b"));
  expect(spans().find(({ name }) => name === "c")?.attributes["linked.trace_id"]).toBe(traceOf("b"));
  expect(spans().find(({ name }) => name === "b")?.links).toEqual([]);
});
