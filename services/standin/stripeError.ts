import type { ErrorRequestHandler } from "express";
import type { z } from "zod";

type Details = {
  type?: "invalid_request_error" | "idempotency_error" | "card_error" | "api_error";
  code?: string;
  param?: string;
};

/** A refusal as Stripe words it: `{error: {type, message, code?, param?}}`. */
export class StripeRefusal extends Error {
  override readonly name = "StripeRefusal";
  readonly status: number;
  readonly details: Details;

  constructor(status: number, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  /** What is sent. */
  get body() {
    return { error: { type: "invalid_request_error", ...this.details, message: this.message } };
  }
}

/** There is no such object. */
export function missing(what: string, id: string): StripeRefusal {
  return new StripeRefusal(404, `No such ${what}: '${id}'`, { code: "resource_missing", param: what });
}

/** A parameter that does not fit its description, named as it was sent: `line_items[0][quantity]`. */
function wrongParameter(issue: z.core.$ZodIssue | undefined): StripeRefusal {
  const path = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])];
  const param = path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join("");
  if (issue?.code === "unrecognized_keys") {
    return new StripeRefusal(400, `Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
  }
  return new StripeRefusal(400, `Invalid ${param}: ${issue?.message}`, { param });
}

/** Answers errors of the API routes as Stripe does. */
export const stripeErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof StripeRefusal) return void response.status(error.status).json(error.body);
  if (error instanceof Error && "status" in error && typeof error.status === "number") {
    return void response.status(error.status).json(new StripeRefusal(error.status, "The body could not be read").body);
  }
  next(error);
};

/** What a request says, checked against its schema. @throws what is wrong with it, as Stripe words it. */
export function parse<T extends z.ZodType>(shape: T, body: unknown): z.infer<T> {
  const result = shape.safeParse(body ?? {});
  if (result.success) return result.data;
  throw wrongParameter(result.error.issues[0]);
}
