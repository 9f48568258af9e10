import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { RequestHandler } from "express";
import { contextFrom, unkeptIn } from "#common/tracing";

/** Paths that are asked all the time, or by a starting sidecar, and tell nothing. */
const quiet = /^\/(metrics|healthz|readyz|dapr\/.*)$/;

/** A server span for every request, continuing the caller's trace. */
export function traced(service: string): RequestHandler {
  const tracer = trace.getTracer("gorder");
  return (request, response, next) => {
    if (quiet.test(request.path)) return next();
    const parent = contextFrom(request.get("traceparent"));
    if (unkeptIn(parent)) return context.with(parent, next);
    const span = tracer.startSpan(`${request.method} ${service}`, { kind: SpanKind.SERVER }, parent);
    const within = trace.setSpan(parent, span);
    if (!span.isRecording()) return context.with(within, next);
    response.once("close", () => {
      const route = request.route?.path;
      if (typeof route === "string") span.updateName(`${request.method} ${request.baseUrl}${route}`);
      span.setAttribute("http.response.status_code", response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(within, next);
  };
}
