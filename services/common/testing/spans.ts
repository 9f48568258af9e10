import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { traceWith } from "#common/startTracing";

/** Keeps the spans of a test file's process; every test starts with none. */
export function keptSpans(): () => ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  let stop = async () => {};
  beforeAll(() => {
    stop = traceWith({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  });
  beforeEach(() => exporter.reset());
  afterAll(() => stop());
  return () => exporter.getFinishedSpans();
}
