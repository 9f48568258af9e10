import { ApiError, ConnectionError } from "./api/errors.ts";
import type { Words } from "./order/words.ts";

const byCode: Record<string, Words> = {
  "not-found": { title: "We can’t find that", text: "It may belong to another visit, or it never existed." },
  unauthorized: { title: "Your visit has ended", text: "Please load the page again to start a new one." },
  "order-conflict": {
    title: "The order has moved on",
    text: "Something else happened to it just now. Have another look.",
  },
  "out-of-stock": { title: "Some dishes just ran out", text: "Someone was quicker. Have a look at what is left." },
  "invalid-request": { title: "That did not work", text: "The order could not be read. Please check your cart." },
  "payload-too-large": { title: "That is a very large order", text: "Please split it into smaller ones." },
  "idempotency-key-reused": { title: "That did not work", text: "Please try once more." },
  "prices-changed": { title: "Some prices have just changed", text: "Have another look at your cart." },
  unavailable: {
    title: "The kitchen is catching its breath",
    text: "We are having trouble right now. Please try again in a moment.",
  },
};

/** An error as a hungry person wants to hear it: what happened, and what to do. */
export function explain(error: unknown): Words {
  if (error instanceof ConnectionError)
    return { title: "No connection", text: "We could not reach the kitchen. Check your network and try again." };
  if (error instanceof ApiError && error.code === "shop-closed")
    return { title: "We are closed right now", text: error.message };
  if (error instanceof ApiError && byCode[error.code]) {
    const words = byCode[error.code] as Words;
    const fields = error.code === "invalid-request" ? error.fields.map((each) => each.message).join(" ") : "";
    return fields ? { ...words, text: `${words.text} (${fields})` } : words;
  }
  const trace = error instanceof ApiError && error.traceId ? ` If you tell us about it, mention ${error.traceId}.` : "";
  return { title: "Something went wrong", text: `That was not your fault. Please try again.${trace}` };
}
