import { setTimeout as wait } from "node:timers/promises";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { NodeSDK, type NodeSDKConfiguration } from "@opentelemetry/sdk-node";
import {
  BatchSpanProcessor,
  NoopSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace";

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
  return traceWith({
    serviceName: service,
    // With no processor at all the SDK makes no spans, and so no trace ids.
    spanProcessors: [
      zipkinUrl
        ? new BatchSpanProcessor({ exporter: new ZipkinExporter({ url: zipkinUrl }) })
        : new NoopSpanProcessor(),
    ],
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
  });
}

/**
 * Makes `#common/tracing` work in this process. Spans are made by hand at our own edges (HTTP, Connect, events, use
 * cases): patched modules would not survive bundling as ES modules.
 * @returns a function that sends what is left and stops.
 */
export function traceWith(options: Partial<NodeSDKConfiguration>): () => Promise<void> {
  const sdk = new NodeSDK({
    autoDetectResources: false,
    instrumentations: [],
    metricReaders: [],
    logRecordProcessors: [],
    ...options,
  });
  sdk.start();
  return async () => {
    const late = new AbortController();
    const given = wait(goodbyeMs, undefined, { signal: late.signal }).catch(() => {});
    await Promise.race([sdk.shutdown().catch(() => {}), given]);
    late.abort();
  };
}
