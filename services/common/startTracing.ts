import { setTimeout as wait } from "node:timers/promises";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { NodeSDK, tracing } from "@opentelemetry/sdk-node";

/** Where spans go and how many of the traces that start here are kept. */
export type TracingOptions = { service: string; zipkinUrl?: string | undefined; sampleRatio: number };

/** How long a process that ends waits for its last spans to be taken. */
const goodbyeMs = 2_000;

/**
 * Starts OpenTelemetry for this process. Without a Zipkin address traces still run through, for logs and events.
 * @returns a function that sends what is left and stops, within 2 s and without an error: a tracing server that is away
 * keeps no process from its end.
 */
export function startTracing({ service, zipkinUrl, sampleRatio }: TracingOptions): () => Promise<void> {
  const { BatchSpanProcessor, NoopSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } = tracing;
  // With no processor at all the SDK makes no spans, and so no trace ids.
  const processor = zipkinUrl
    ? new BatchSpanProcessor(new ZipkinExporter({ url: zipkinUrl }))
    : new NoopSpanProcessor();
  const sdk = new NodeSDK({
    serviceName: service,
    autoDetectResources: false,
    // The spans are made by hand at our own edges (HTTP, Connect, events, use cases): patched modules would not
    // survive bundling as ES modules.
    instrumentations: [],
    spanProcessors: [processor],
    metricReaders: [],
    logRecordProcessors: [],
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
  });
  sdk.start();
  return async () => {
    const late = new AbortController();
    const given = wait(goodbyeMs, undefined, { signal: late.signal }).catch(() => {});
    await Promise.race([sdk.shutdown().catch(() => {}), given]);
    late.abort();
  };
}
