import { setTimeout as wait } from "node:timers/promises";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { NodeSDK, type NodeSDKConfiguration } from "@opentelemetry/sdk-node";
import {
  BatchSpanProcessor,
  NoopSpanProcessor,
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace";
import packageJson from "../../package.json" with { type: "json" };

/** Where spans go and how many of the traces that start here are kept. */
export type TracingOptions = {
  service: string;
  zipkinUrl?: string | undefined;
  /** Whether spans go to where OTEL_EXPORTER_OTLP_* say, which the exporter reads itself. */
  otlp?: boolean;
  sampleRatio: number;
};

/** How long a process that ends waits for its last spans to be taken. */
const goodbyeMs = 2_000;

/**
 * Starts OpenTelemetry for this process. With nowhere to send spans traces still run through, for logs and events.
 * OTEL_RESOURCE_ATTRIBUTES are added to what each span says of its service.
 * @returns a function that sends what is left and stops, within 2 s and without an error: a tracing server that is away
 * keeps no process from its end.
 */
export function startTracing({ service, sampleRatio, ...to }: TracingOptions): () => Promise<void> {
  const processors = processorsFor(to);
  return traceWith({
    serviceName: service,
    resource: resourceFromAttributes({ "service.version": packageJson.version }),
    autoDetectResources: true,
    resourceDetectors: [envDetector],
    // With no processor at all the SDK makes no spans, and so no trace ids.
    spanProcessors: processors.length > 0 ? processors : [new NoopSpanProcessor()],
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
  });
}

function processorsFor({ zipkinUrl, otlp = false }: Omit<TracingOptions, "service" | "sampleRatio">): SpanProcessor[] {
  return [
    ...(zipkinUrl ? [new BatchSpanProcessor({ exporter: new ZipkinExporter({ url: zipkinUrl }) })] : []),
    ...(otlp ? [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })] : []),
  ];
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
