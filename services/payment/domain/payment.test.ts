import { expect, test } from "vitest";
import { announce, type Confirmation, confirm, matches, openPayment } from "./payment.ts";

const open = openPayment({
  orderId: "order-1",
  customerId: "customer-1",
  total: { amount: 1250, currency: "EUR" },
  session: { id: "cs_1", url: "https://pay.example/cs_1" },
  traceparent: "",
});

function confirmation(changes: Partial<Confirmation> = {}): Confirmation {
  const taken = { amount: 1250, currency: "eur" };
  return { eventId: "evt_1", sessionId: "cs_1", paymentId: "pi_1", taken, at: new Date(0), ...changes };
}

test("a payment that the provider confirms is paid, and not announced yet", () => {
  expect(confirm(open, confirmation())).toMatchObject({
    status: "paid",
    paymentId: "pi_1",
    paidAt: "1970-01-01T00:00:00.000Z",
    announced: false,
    seenEvents: ["evt_1"],
  });
});

test("a second confirmation keeps the first one's payment, time and announcement", () => {
  const paid = announce(confirm(open, confirmation()));
  const again = confirm(paid, confirmation({ eventId: "evt_2", paymentId: "pi_2", at: new Date(5000) }));
  expect(again).toEqual({ ...paid, seenEvents: ["evt_1", "evt_2"] });
});

test("the same message is remembered once, and only the latest twenty", () => {
  let payment = confirm(open, confirmation());
  payment = confirm(payment, confirmation());
  expect(payment.seenEvents).toEqual(["evt_1"]);
  for (let index = 2; index <= 30; index++) payment = confirm(payment, confirmation({ eventId: `evt_${index}` }));
  expect(payment.seenEvents).toHaveLength(20);
  expect(payment.seenEvents.at(-1)).toBe("evt_30");
});

test.each([
  ["another amount", { taken: { amount: 1249, currency: "eur" } }],
  ["another currency", { taken: { amount: 1250, currency: "usd" } }],
  ["another session", { sessionId: "cs_2" }],
])("%s never pays a payment", (_name, changes) => {
  expect(matches(open, confirmation(changes))).toBe(false);
  expect(() => confirm(open, confirmation(changes))).toThrow("something else");
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("a payment of %d cannot be opened", (amount) => {
  expect(() => openPayment({ ...open, total: { amount, currency: "eur" } })).toThrow(RangeError);
});
