import { expect, test } from "vitest";
import { orderNumber, statusWords } from "./words.ts";

test("coming back from having paid is thanked for, until the payment is confirmed", () => {
  expect(statusWords({ status: "waiting_for_payment" }, "done").title).toBe("Confirming your payment");
  expect(statusWords({ status: "paid" }, "done").title).toBe("The kitchen is on it");
});

test("coming back without having paid says that nothing was charged", () => {
  expect(statusWords({ status: "waiting_for_payment" }, "cancelled").text).toContain("nothing was charged");
});

test("a cancelled order says why", () => {
  const titles = (["customer", "expired", "payment_failed"] as const).map(
    (cancelReason) => statusWords({ status: "cancelled", cancelReason }).title,
  );
  expect(new Set(titles).size).toBe(3);
});

test("an order number is short and plain", () => {
  expect(orderNumber("0193f6b2-aaaa-7000-8000-00000f3a9c1e")).toBe("#3A9C1E");
});
