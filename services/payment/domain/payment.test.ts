import { expect, test } from "vitest";
import { confirmation, open } from "../testing/payments.ts";
import { mismatch, openPayment } from "./payment.ts";
import { confirm } from "./transitions.ts";

test.each([
  ["another amount", "other_amount", { taken: { amount: 1249, currency: "eur" } }],
  ["another currency", "other_currency", { taken: { amount: 1250, currency: "usd" } }],
  ["another session", "other_session", { sessionId: "cs_2" }],
] as const)("%s never pays a payment", (_name, reason, changes) => {
  expect(mismatch(open, confirmation(changes))).toBe(reason);
  expect(() => confirm(open, confirmation(changes))).toThrow("something else");
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("a payment of %d cannot be opened", (amount) => {
  expect(() => openPayment({ ...open, total: { amount, currency: "eur" } })).toThrow(RangeError);
});
