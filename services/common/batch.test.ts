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

test("a batch that fails fails its calls and those that wait behind it, and none before or after", async () => {
  const batches: (readonly number[])[] = [];
  const call = batched(async (items: readonly number[]) => {
    batches.push(items);
    if (batches.length === 2) throw new Error("spilt");
    return items;
  }, 2);
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(call));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected", "rejected"]);
  expect(await call(6)).toBe(6);
  expect(batches).toEqual([[1, 2], [3, 4], [6]]);
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
