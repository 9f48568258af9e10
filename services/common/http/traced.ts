import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Request, RequestHandler } from "express";
import { contextFrom, linkSpanTo, unkeptIn } from "#common/tracing";

/** Paths that are asked all the time, or by a starting sidecar, and tell nothing. */
const quiet = /^\/(metrics|healthz|readyz|dapr\/.*)$/;

/**
 * A server span for every request. It continues the trace of a caller of our own; a stranger's trace is linked at most:
 * who comes from outside neither chooses our trace ids nor what is kept.
 * @param isOurs whether a request comes from a caller of our own; nobody's does without it.
 */
export function traced(service: string, isOurs: (request: Request) => boolean = () => false): RequestHandler {
  const tracer = trace.getTracer("gorder");
  return (request, response, next) => {
    if (quiet.test(request.path)) return next();
    const callers = contextFrom(request.get("traceparent"));
    const parent = isOurs(request) ? callers : ROOT_CONTEXT;
    if (unkeptIn(parent)) return context.with(parent, next);
    const span = tracer.startSpan(`${request.method} ${service}`, { kind: SpanKind.SERVER }, parent);
    const within = trace.setSpan(parent, span);
    if (!span.isRecording()) return context.with(within, next);
    if (parent !== callers) linkSpanTo(within, callers);
    span.setAttributes({
      "http.request.method": request.method,
      "url.scheme": request.protocol,
      "url.path": request.path,
    });
    response.once("close", () => {
      const route = request.route?.path;
      if (typeof route === "string") {
        span.updateName(`${request.method} ${request.baseUrl}${route}`);
        span.setAttribute("http.route", `${request.baseUrl}${route}`);
      }
      span.setAttribute("http.response.status_code", response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(within, next);
  };
}
