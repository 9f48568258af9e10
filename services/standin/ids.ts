import { randomBytes } from "node:crypto";

/** A new id as Stripe makes them: a prefix that tells what it is of, then letters and digits. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(14).toString("hex")}`;
}
