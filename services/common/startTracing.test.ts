import { afterEach, expect, test } from "vitest";
import { startTracing } from "#common/startTracing";
import { currentTraceId, currentTraceparent, inSpan } from "#common/tracing";

let stop = async () => {};
afterEach(() => stop());

test("without a tracing server traces run through all the same, for logs and events", async () => {
  stop = startTracing({ service: "order", sampleRatio: 0 });
  await inSpan("outer", {}, async () => {
    const traceId = currentTraceId();
    expect(traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    await inSpan("inner", {}, async () => expect(currentTraceparent()).toContain(traceId));
  });
});
