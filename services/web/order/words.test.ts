import { expect, test } from "vitest";
import { orderNumber, shortStatus, statusWords } from "./words.ts";

test("coming back from having paid is thanked for, until the payment is confirmed", () => {
  expect(statusWords({ status: "waiting_for_payment" }, "done").title).toBe("Confirming your payment");
  expect(statusWords({ status: "paid" }, "done").title).toBe("The kitchen is on it");
});

test("a bill that takes more than a minute is said to", () => {
  const order = { status: "pending", createdAt: "2026-11-28T12:00:00Z" };
  expect(statusWords(order, undefined, new Date("2026-11-28T12:00:59Z")).title).toBe("Order placed");
  expect(statusWords(order, undefined, new Date("2026-11-28T12:01:01Z")).title).toContain("takes longer");
});

test("coming back without having paid says that nothing was charged", () => {
  expect(statusWords({ status: "waiting_for_payment" }, "cancelled").text).toContain("nothing was charged");
});

test("an order whose time to pay is over does not say that it can be paid", () => {
  const order = { status: "waiting_for_payment", expiresAt: "2026-11-28T12:30:00Z" };
  const titleAt = (time: string) => statusWords(order, undefined, new Date(`2026-11-28T${time}Z`)).title;
  expect(titleAt("12:29:59")).toBe("Ready to pay");
  expect(titleAt("12:30:00")).toBe("The time to pay is up");
  expect(statusWords(order, "done", new Date("2026-11-28T12:31:00Z")).title).toBe("Confirming your payment");
});

test("a cancelled order says why", () => {
  const titles = (["customer", "expired", "payment_failed"] as const).map(
    (cancelReason) => statusWords({ status: "cancelled", cancelReason }).title,
  );
  expect(new Set(titles).size).toBe(3);
});

test("a refunded order says whether it was over already or could not be served", () => {
  const [late, unserved] = [
    statusWords({ status: "refunded", cancelReason: "expired" }),
    statusWords({ status: "refunded" }),
  ];
  expect(late.text).toContain("over already");
  expect(unserved.text).toContain("sorry");
  for (const { text } of [late, unserved]) expect(text).toContain("on its way back");
});

test("a cancelled order never swears that nothing was charged while a payment may be under way", () => {
  for (const cancelReason of ["customer", "expired"] as const) {
    const { text } = statusWords({ status: "cancelled", cancelReason });
    expect(text).not.toContain("othing was charged");
    expect(text).toContain("comes back to you");
  }
});

test("a cooked order has its words, and a status that is new to the page is named", () => {
  expect(statusWords({ status: "cooking" }).title).toBe("Being cooked");
  expect(shortStatus("cooking")).toBe("Being cooked");
  expect(statusWords({ status: "on_its_way" }).title).toBe("On its way");
  expect(shortStatus("toString")).toBe("ToString");
});

test("an order number is short and plain", () => {
  expect(orderNumber("0193f6b2-aaaa-7000-8000-00000f3a9c1e")).toBe("#3A9C1E");
});
