import { hash } from "node:crypto";

const prefix = "account-";

/** The customer that somebody is whom an identity provider knows: the same wherever and whenever they sign in. */
export function accountIdOf(issuer: string, subject: string): string {
  return `${prefix}${hash("sha256", `${issuer}\n${subject}`, "buffer").subarray(0, 16).toString("base64url")}`;
}

/** Whether a customer has an account; guests have none. */
export function isAccount(customerId: string): boolean {
  return customerId.startsWith(prefix);
}
