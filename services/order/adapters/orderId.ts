import { v5 } from "uuid";

/** The namespace of order ids, which are name-based UUIDs (RFC 9562, version 5) of a customer and their key. */
const namespace = "6f2c0b6e-6f0e-4d0a-9f57-8a5b6f9a3c11";

/** The id of the one order that a customer can place with a key. */
export function orderIdOf(customerId: string, idempotencyKey: string): string {
  return v5(`${customerId}\n${idempotencyKey}`, namespace);
}
