import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type TracerProviderOptions,
} from "@opentelemetry/sdk-trace";

/** Where spans go and how many of the traces that start here are kept. */
export type TracingOptions = { service: string; zipkinUrl?: string | undefined; sampleRatio: number };

/**
 * Starts OpenTelemetry for this process. Without a Zipkin address traces still run through, for logs and events.
 * @returns a function that sends what is left and stops.
 */
export function startTracing({ service, zipkinUrl, sampleRatio }: TracingOptions): () => Promise<void> {
  return traceWith({
    resource: resourceFromAttributes({ "service.name": service }),
    spanProcessors: zipkinUrl ? [new BatchSpanProcessor({ exporter: new ZipkinExporter({ url: zipkinUrl }) })] : [],
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
  });
}

/**
 * Makes `#common/tracing` work in this process, with only the parts of OpenTelemetry's Node SDK that a service uses:
 * the whole of it loads exporters of logs and metrics as well, over gRPC too. Spans are made by hand at our own edges
 * (HTTP, Connect, events, use cases): patched modules would not survive bundling as ES modules.
 * @returns a function that sends what is left and stops.
 */
export function traceWith(options: TracerProviderOptions): () => Promise<void> {
  const provider = new TracerProvider(options);
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return () => provider.shutdown();
}
