import { context } from "@opentelemetry/api";
import { expect, test, vi } from "vitest";
import { keptSpans } from "#common/testing/spans";
import { contextFrom, currentTraceId, currentTraceparent, inSpan } from "#common/tracing";

const spans = keptSpans();
const traceId = "0af7651916cd43dd8448eb211c80319c";
const unkept = () => contextFrom(`00-${traceId}-b7ad6b7169203331-00`);
const kept = () => contextFrom(`00-${traceId}-b7ad6b7169203331-01`);

test("in a trace that nobody keeps no span is made and no attribute is asked for, and its id runs through", async () => {
  const attributes = vi.fn(() => ({}));
  const seen = await inSpan("outer", { parent: unkept(), attributes }, () =>
    inSpan("inner", { attributes }, async () => {
      await new Promise(setImmediate);
      return { id: currentTraceId(), passedOn: currentTraceparent() };
    }),
  );
  expect(seen.id).toBe(traceId);
  expect(seen.passedOn).toBe(`00-${traceId}-b7ad6b7169203331-00`);
  expect(attributes).not.toHaveBeenCalled();
  expect(spans()).toEqual([]);
});

test("a span that is kept has its attributes, given or asked for", async () => {
  await inSpan("given", { parent: kept(), attributes: { "order.id": "o-1" } }, async () => {});
  await inSpan("asked for", { parent: kept(), attributes: () => ({ "order.id": "o-2" }) }, async () => {});
  expect(spans().map(({ attributes }) => attributes["order.id"])).toEqual(["o-1", "o-2"]);
});

test("what throws before its first promise rejects, kept or not", async () => {
  for (const parent of [kept(), unkept(), context.active()]) {
    const thrown = inSpan("throws", { parent }, () => {
      throw new Error("at once");
    });
    await expect(thrown).rejects.toThrow("at once");
  }
});
