import type { Money } from "#common/money";

/** What went wrong, in the system's own words. Each transport has one table that maps a kind to its status. */
export type ErrorKind =
  | "invalid"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "exists"
  | "out_of_stock"
  | "conflict"
  | "shop_closed"
  | "prices_changed"
  | "idempotency_key_reused"
  | "too_many"
  | "busy"
  | "unavailable";

/** One input that was wrong, named as the caller wrote it, e.g. `items[0].quantity`. */
export type FieldError = { field: string; message: string };

/** A product that cannot be served in the wanted quantity. */
export type Shortage = { productId: string; requested: number; available: number };

/** A product whose price is another one than was seen. */
export type PriceChange = { productId: string; seen: Money; now: Money };

/** What an error may tell its caller beside the message. All of it is shown outside. */
export type ErrorDetails = {
  fields?: readonly FieldError[];
  shortages?: readonly Shortage[];
  priceChanges?: readonly PriceChange[];
  /** When asking again may help, in seconds. */
  retryAfterSeconds?: number;
};

/**
 * An expected failure whose message a person may read: what was wrong and what to do.
 * Everything else that is thrown becomes "internal error" outside and a full log inside.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.details = details;
  }
}

/** Whether the error is an {@link AppError} of the kind. */
export function isKind(error: unknown, kind: ErrorKind): error is AppError {
  return error instanceof AppError && error.kind === kind;
}
