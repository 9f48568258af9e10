import { STATUS_CODES } from "node:http";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { AppError, type ErrorKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { currentTraceId } from "#common/tracing";
import { endRefused } from "./body.ts";

/** The code in a problem's `type`, and its status: the one table that maps errors to HTTP. */
export const problems = {
  invalid: { code: "invalid-request", status: 400, title: "The request is not valid" },
  unauthorized: { code: "unauthorized", status: 401, title: "Who you are is not known" },
  forbidden: { code: "forbidden", status: 403, title: "That is not yours to do" },
  not_found: { code: "not-found", status: 404, title: "There is no such thing here" },
  out_of_stock: { code: "out-of-stock", status: 409, title: "Some products are out of stock" },
  conflict: { code: "order-conflict", status: 409, title: "The order's status does not allow this" },
  exists: { code: "exists-already", status: 409, title: "There is such a thing already" },
  shop_closed: { code: "shop-closed", status: 409, title: "The shop is closed" },
  prices_changed: { code: "prices-changed", status: 409, title: "Some prices are others than were shown" },
  idempotency_key_reused: { code: "idempotency-key-reused", status: 422, title: "The idempotency key was used before" },
  too_many: { code: "too-many-requests", status: 429, title: "That is more than is allowed" },
  busy: { code: "busy", status: 503, title: "Too many orders at once" },
  unavailable: { code: "unavailable", status: 503, title: "A part of the system does not answer" },
} as const satisfies Record<ErrorKind, { code: string; status: number; title: string }>;

const unreadable = {
  code: "invalid-request",
  title: "The request is not valid",
  detail: "The body or the path could not be read",
  field: "body",
};

/** What Express' parsers, its static files and our routing refuse, by its status; `field` is what was wrong. */
const parserProblems: Record<number, { code: string; title: string; detail: string; field?: string }> = {
  400: unreadable,
  405: {
    code: "method-not-allowed",
    title: "This address does not take that method",
    detail: "The methods that it takes are in the Allow header",
  },
  412: {
    code: "invalid-request",
    title: "The request is not valid",
    detail: "The file is another one by now: ask without If-Match and If-Unmodified-Since",
  },
  413: {
    code: "payload-too-large",
    title: "The body is too large",
    detail: "A body may have at most 64 KiB",
    field: "body",
  },
  415: {
    code: "invalid-request",
    title: "The request is not valid",
    detail: "Send the body as UTF-8 JSON, not compressed otherwise than by gzip",
    field: "body",
  },
  416: {
    code: "invalid-request",
    title: "The request is not valid",
    detail: "The file has no such bytes: ask for a smaller Range, or without one",
    field: "Range",
  },
};

const nothingHere = "There is nothing at this address";

/** Answers for a path that no route knows. */
export const noSuchRoute: RequestHandler = () => {
  throw new AppError("not_found", nothingHere);
};

/** Answers for a path that takes these methods, when the request has another. */
export function onlyMethods(...methods: readonly string[]): RequestHandler {
  return (_request, response) => {
    response.set("Allow", methods.join(", "));
    throw Object.assign(new Error("method not allowed"), { status: 405, expose: true });
  };
}

/**
 * Turns errors into problem documents (RFC 9457). Only an {@link AppError} shows its own text: anything else is
 * logged whole, and outside is "internal error" with a trace id.
 */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error);
    if (problem.status === 500)
      logger.error("request failed", { method: request.method, route: request.route?.path }, error);
    // Half an answer must not look like a whole one.
    if (response.headersSent) return void response.destroy();
    const seconds = retryAfter(error, problem.status);
    if (seconds) response.set("Retry-After", String(seconds));
    const { code, ...rest } = problem;
    // What was set for a file that is not sent would have its refusal kept for a year.
    response.set("Cache-Control", "no-store").removeHeader("ETag");
    response.removeHeader("Last-Modified");
    response.status(problem.status).type("application/problem+json");
    endRefused(request, response, JSON.stringify({ type: `/problems/${code}`, ...rest, traceId: currentTraceId() }));
  };
}

function retryAfter(error: unknown, status: number): number | undefined {
  const asked = error instanceof AppError ? error.details.retryAfterSeconds : undefined;
  return asked ?? (status === 503 ? 1 : undefined);
}

function problemOf(error: unknown) {
  if (error instanceof AppError) {
    const { fields, shortages, priceChanges } = error.details;
    return {
      ...problems[error.kind],
      detail: error.message,
      ...(fields && { errors: fields }),
      ...(shortages && { shortages }),
      ...(priceChanges && { priceChanges }),
    };
  }
  const status = parserStatus(error);
  if (status === 404) return { ...problems.not_found, detail: nothingHere };
  if (status !== undefined) {
    const known = parserProblems[status];
    const { field, ...problem } = known ?? unreadable;
    const errors = field && [{ field, message: problem.detail }];
    return { ...problem, status: known ? status : 400, ...(errors && { errors }) };
  }
  return {
    code: "internal",
    status: 500,
    title: STATUS_CODES[500],
    detail: "Something went wrong on our side. Try again; if it stays, tell us the trace id.",
  };
}

/** The status of an error that Express' parsers, router or static files threw (http-errors marks those for showing with `expose`). */
function parserStatus(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof URIError) return 400;
  if (!("expose" in error && error.expose === true && "status" in error)) return undefined;
  return typeof error.status === "number" && error.status < 500 ? error.status : undefined;
}
