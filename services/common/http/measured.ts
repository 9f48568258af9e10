import type { Request, RequestHandler, Response } from "express";
import type { Metrics } from "#common/metrics";

/** Paths that machines ask all the time: their 503 is an answer, not a failure. */
const probes = /^\/(metrics|healthz|readyz|dapr\/.*)$/;

const unnamed: Readonly<Record<number, string>> = { 429: "too_many", 503: "unavailable" };

/** Says what a request is refused for, in a word that is fit for a label; without it the status is all there is. */
export function nameRefusal(response: Response, reason: string): void {
  response.locals.refusedFor = reason;
}

/**
 * Counts and times every request but the probes by method, route and status, and those refused (429, 503) by reason.
 * A route is the pattern that matched; what matched none, and is no Connect path either, is `other`: labels are ours,
 * not a stranger's. Event streams are counted and not timed: they last as long as somebody looks.
 */
export function measured(metrics: Metrics, rpcPaths: readonly string[] = []): RequestHandler {
  const known = new Set(rpcPaths);
  const { requests, durations, refused } = numbersOf(metrics);
  return (request, response, next) => {
    const { method, path } = request;
    if (probes.test(path)) return next();
    const began = performance.now();
    response.once("close", () => {
      const { statusCode } = response;
      const route = routeOf(request) ?? (known.has(path) ? path : "other");
      requests.inc({ method, route, status: response.headersSent ? String(statusCode) : "aborted" });
      if (!isStream(response)) durations.observe({ method, route }, (performance.now() - began) / 1000);
      const reason = unnamed[statusCode];
      if (reason) refused.inc({ reason: String(response.locals.refusedFor ?? reason) });
    });
    next();
  };
}

const kept = new WeakMap<Metrics, ReturnType<typeof makeNumbers>>();

/** A service counts what comes to all of its listeners in the same numbers. */
function numbersOf(metrics: Metrics): ReturnType<typeof makeNumbers> {
  const numbers = kept.get(metrics) ?? makeNumbers(metrics);
  kept.set(metrics, numbers);
  return numbers;
}

function makeNumbers({ counter, histogram }: Metrics) {
  const requests = "Requests that were answered, or left before";
  const durations = "Duration of requests until all was sent";
  const refused = "Requests that were answered 429 or 503, by reason";
  return {
    requests: counter("gorder_http_requests_total", requests, ["method", "route", "status"]),
    durations: histogram("gorder_http_request_seconds", durations, ["method", "route"]),
    refused: counter("gorder_http_refused_total", refused, ["reason"]),
  };
}

function routeOf({ route, baseUrl }: Request): string | undefined {
  return typeof route?.path === "string" ? `${baseUrl}${route.path}` : undefined;
}

function isStream(response: Response): boolean {
  return /^(text\/event-stream|application\/connect\+)/.test(String(response.get("content-type")));
}
