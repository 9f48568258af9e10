import type { FieldError, PriceChange, Shortage } from "./types.ts";

/** The server answered, and the answer is a refusal. `code` is the last part of the problem's type. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;
  readonly fields: readonly FieldError[];
  readonly shortages: readonly Shortage[];
  readonly priceChanges: readonly PriceChange[];

  constructor(status: number, body: unknown) {
    const problem = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    super(typeof problem.detail === "string" ? problem.detail : `The server answered ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.code = codeOf(problem.type, status);
    this.traceId = typeof problem.traceId === "string" ? problem.traceId : undefined;
    this.fields = Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : [];
    this.shortages = Array.isArray(problem.shortages) ? (problem.shortages as Shortage[]) : [];
    this.priceChanges = Array.isArray(problem.priceChanges) ? (problem.priceChanges as PriceChange[]) : [];
  }
}

/** No answer came: offline, cut off or too slow. Whether the request had an effect is unknown. */
export class ConnectionError extends Error {
  constructor(cause: unknown) {
    super("The server could not be reached", { cause });
    this.name = "ConnectionError";
  }
}

/** True when the same request may well work a little later. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ConnectionError || (error instanceof ApiError && (error.status >= 500 || error.status === 429))
  );
}

function codeOf(type: unknown, status: number): string {
  if (typeof type === "string" && type.startsWith("/problems/")) return type.slice("/problems/".length);
  // A proxy in between answers without a problem document.
  if (status === 401) return "unauthorized";
  if (status === 404) return "not-found";
  return status >= 500 ? "unavailable" : "invalid-request";
}
