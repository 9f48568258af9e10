import { z } from "zod";
import { AppError } from "#common/errors";

/** The longest that a reservation may hold: a week, in seconds. */
const mostTtlSeconds = 7 * 24 * 60 * 60;

export const id = z.string().regex(/^[\x21-\x7e]{1,64}$/, "must be 1 to 64 visible ASCII characters");

/** An amount in minor units, which protobuf sends as 64 bits. */
export const money = z.object({
  amount: z.bigint().transform(Number).pipe(z.int("must be a whole number of minor units, within 2^53")),
  currency: z.string().regex(/^[a-z]{3}$/, "must be an ISO 4217 currency, lower case"),
});

const lines = z
  .array(z.object({ productId: id, quantity: z.int().min(1).max(99), priceSeen: money.optional() }))
  .min(1)
  .max(50)
  .superRefine((given, context) => {
    const seen = new Set<string>();
    for (const [index, { productId }] of given.entries()) {
      if (seen.has(productId))
        context.addIssue({ code: "custom", path: [index, "productId"], message: "is there twice" });
      seen.add(productId);
    }
  });

/** What may be asked for: the requests of the wire, as the use cases take them. */
export const requests = {
  getItems: z.object({ productIds: z.array(id).max(200) }),
  checkIfItemsInStock: z.object({ lines }),
  reserveItems: z.object({
    reservations: z
      .array(
        z.object({
          orderId: id,
          lines,
          ttlSeconds: z.int().min(1).max(mostTtlSeconds),
          language: z.string().max(100, "must be a language tag"),
        }),
      )
      .min(1)
      .max(500),
  }),
  ofOrder: z.object({ orderId: id }),
  changeOrders: z.object({ orderIds: z.array(id).min(1).max(500) }),
  releaseOrders: z.object({ orderIds: z.array(id).min(1).max(500), evenSold: z.array(id).max(500) }),
  ofOrders: z.object({ orderIds: z.array(id).max(500) }),
};

/** Reads a request. @throws AppError "invalid" that names each wrong field, e.g. `reservations[0].lines[2].quantity`. */
export function parse<T extends z.ZodType>(schema: T, request: unknown): z.infer<T> {
  const result = schema.safeParse(request);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({ field: fieldOf(path), message }));
  const summary = fields.map(({ field, message }) => `${field}: ${message}`).join("; ");
  throw new AppError("invalid", `The request is not valid: ${summary}`, { fields });
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .slice(1);
}
