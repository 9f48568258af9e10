import { randomBytes } from "node:crypto";
import {
  type Attributes,
  type Context,
  context,
  defaultTextMapGetter,
  isValidTraceId,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { AppError } from "#common/errors";

/** Zipkin knows no links, so the other trace's id is also an attribute. */
const linkedTrace = "linked.trace_id";

/** How a span is made; the parent is the current one unless a context is given. */
export type SpanOptions = {
  kind?: keyof typeof SpanKind;
  /** A function is asked only when somebody keeps the span. */
  attributes?: Attributes | (() => Attributes);
  links?: Link[];
  parent?: Context;
};

/**
 * Runs `work` in a span of its own that ends with it. Expected errors do not mark the span as failed. In a trace that
 * nobody keeps `work` runs in the span that is there: its trace id is all that anybody will see of it.
 */
export async function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const { kind = "INTERNAL", parent = context.active(), links = [], attributes } = options;
  const unkept = unkeptIn(parent);
  if (unkept) return parent === context.active() ? work(unkept) : context.with(parent, work, undefined, unkept);
  const tracer = trace.getTracer("gorder");
  return tracer.startActiveSpan(name, { links, kind: SpanKind[kind] }, parent, async (span) => {
    if (attributes && span.isRecording()) {
      span.setAttributes(typeof attributes === "function" ? attributes() : attributes);
    }
    for (const link of links) span.setAttribute(linkedTrace, link.context.traceId);
    try {
      return await work(span);
    } catch (error) {
      if (!(error instanceof AppError)) span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span of a context whose trace was begun, here or by the caller, as one that is not kept. */
export function unkeptIn(of: Context): Span | undefined {
  const span = trace.getSpan(of);
  const { traceFlags = TraceFlags.SAMPLED, traceId = "" } = span?.spanContext() ?? {};
  return traceFlags & TraceFlags.SAMPLED || !isValidTraceId(traceId) ? undefined : span;
}

/** The W3C `traceparent` of the current span; empty outside a span. */
export function currentTraceparent(): string {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? "";
}

/** What a sidecar is told: the current span or, outside one, a trace that is not kept, so that it starts none itself. */
export function outgoingTraceparent(): string {
  const random = (bytes: number) => randomBytes(bytes).toString("hex");
  return currentTraceparent() || `00-${random(16)}-${random(8)}-00`;
}

/** The trace id of the current span; empty outside a span. */
export function currentTraceId(): string {
  return trace.getActiveSpan()?.spanContext().traceId ?? "";
}

/** A context that continues the given `traceparent`, or starts anew when there is none. */
export function contextFrom(traceparent: string | undefined): Context {
  return traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter) : ROOT_CONTEXT;
}

/** A context in the trace that the `traceparent` names: the current one if it is in that trace already. */
export function contextIn(traceparent: string | undefined): Context {
  const named = contextFrom(traceparent);
  const traceId = trace.getSpanContext(named)?.traceId;
  return traceId === undefined || traceId === currentTraceId() ? context.active() : named;
}

/** A link to the current span; none outside a span. */
export function linkToCurrent(): Link[] {
  const current = trace.getActiveSpan()?.spanContext();
  return current ? [{ context: current }] : [];
}

/** Links the current span to the one that a `traceparent` names, which belongs to another trace. */
export function linkCurrentTo(traceparent: string): void {
  linkSpanTo(context.active(), contextFrom(traceparent));
}

/** Links the span of one context to the span of another. */
export function linkSpanTo(from: Context, to: Context): void {
  const linked = trace.getSpanContext(to);
  if (linked) trace.getSpan(from)?.addLink({ context: linked }).setAttribute(linkedTrace, linked.traceId);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "error";
}
