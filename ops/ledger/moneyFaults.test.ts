import { expect, it } from "vitest";
import { anOrder, aPayment, aRefund, faultsWith, type Part } from "./testing.ts";

it.each<[string, Part, string[]]>([
  [
    "charged twice",
    { checkouts: [aPayment("ready", { id: "cs-2", paymentId: "pi-2" })] },
    ["order ready: was charged 2 times, by pi-ready and pi-2"],
  ],
  [
    "charged twice before the provider's memory begins, of which it remembers both",
    {
      moneySince: new Date("2026-01-02T00:00:00Z"),
      checkouts: [aPayment("ready", { id: "cs-2", paymentId: "pi-2" })],
    },
    ["order ready: was charged 2 times, by pi-ready and pi-2"],
  ],
  [
    "charged twice, and once given back",
    { checkouts: [aPayment("ready", { id: "cs-2", paymentId: "pi-2" })], refunds: [aRefund("2")] },
    ["order ready: was charged 2 times, by pi-ready and pi-2"],
  ],
  [
    "open to be charged twice",
    { checkouts: [aPayment("ready", { id: "cs-2", paid: false, open: true, paymentId: undefined })] },
    ["order ready: has 2 checkout sessions, and can be paid though there is another (pi-ready, cs-2)"],
  ],
  [
    "cooked for nothing",
    { checkouts: [aPayment("ready", { paid: false, paymentId: undefined })] },
    ["order ready: is ready, and the provider took no money for it"],
  ],
  ["cooked, and given back", { refunds: [aRefund("ready")] }, ["order ready: is ready, and its money was given back"]],
  [
    "another amount",
    { checkouts: [aPayment("ready", { total: { amount: 5, currency: "eur" } })] },
    ["order ready: costs 5.00 EUR, and 0.05 EUR were taken by pi-ready"],
  ],
  [
    "another currency",
    { checkouts: [aPayment("ready", { total: { amount: 500, currency: "usd" } })] },
    ["order ready: costs 5.00 EUR, and 5.00 USD were taken by pi-ready"],
  ],
  [
    "paid, and the order does not know",
    { checkouts: [aPayment("waiting")] },
    ["order waiting: is waiting_for_payment, and 5.00 EUR were taken (pi-waiting)"],
  ],
  [
    "cancelled, and never given back",
    { checkouts: [aPayment("cancelled")] },
    ["order cancelled: is cancelled, and 5.00 EUR were never given back (pi-cancelled)"],
  ],
  [
    "given back in part",
    { checkouts: [aPayment("cancelled")], refunds: [aRefund("cancelled", { amount: 499 })] },
    ["order cancelled: is cancelled, and 0.01 EUR were never given back (pi-cancelled)"],
  ],
  [
    "given back behind the order's back",
    { checkouts: [aPayment("cancelled")], refunds: [aRefund("cancelled")] },
    ["order cancelled: is cancelled, and does not say that its money was given back"],
  ],
  [
    "refunded in words alone",
    { refunds: [aRefund("refunded", { paymentId: "pi-of-nobody" })] },
    ["order refunded: is refunded, and 5.00 EUR were never given back (pi-refunded)"],
  ],
  [
    "refunded without a payment",
    { checkouts: [aPayment("refunded", { paid: false })] },
    ["order refunded: is refunded, and the provider took no money for it"],
  ],
  [
    "refunded twice",
    { refunds: [aRefund("refunded", { id: "re-2", state: "refunding" })] },
    ["order refunded: more was given back than the 5.00 EUR that were taken by pi-refunded (re-refunded, re-2)"],
  ],
  [
    "more given back than taken",
    { refunds: [aRefund("refunded", { amount: 501 })] },
    ["order refunded: more was given back than the 5.00 EUR that were taken by pi-refunded (re-refunded)"],
  ],
  [
    "given back in several parts that are too much together",
    { refunds: [1, 2, 3].map((part) => aRefund("ready", { id: `re-${part}`, amount: 200 })) },
    [
      "order ready: is ready, and its money was given back",
      "order ready: more was given back than the 5.00 EUR that were taken by pi-ready (re-1, re-2, re-3)",
    ],
  ],
  [
    "taken for nobody",
    { checkouts: [aPayment("ghost")] },
    ["order ghost: does not exist, and 5.00 EUR were taken for it by pi-ghost"],
  ],
])("of money is named: %s", (_, planted, faults) => {
  expect(faultsWith(planted)).toEqual(faults);
});

const eur = (amount: number) => ({ amount, currency: "eur" });
const says = (id: "ready" | "refunded", ...refunds: [number, "refunding" | "succeeded" | "failed"][]) =>
  anOrder(id, id, { refunds: refunds.map(([amount, status]) => ({ amount: eur(amount), status })) });

it.each<[string, Part, string[]]>([
  [
    "refunded while the provider has it on its way",
    { refunds: [aRefund("refunded", { state: "refunding" })] },
    ["order refunded: says that 5.00 EUR are back, and 0.00 EUR are (re-refunded)"],
  ],
  [
    "said to be back in part while that is on its way",
    { orders: [says("ready", [200, "succeeded"])], refunds: [aRefund("ready", { amount: 200, state: "refunding" })] },
    ["order ready: says that 2.00 EUR are back, and 0.00 EUR are (re-ready)"],
  ],
  [
    "said to be back in part though it failed later",
    { orders: [says("ready", [200, "succeeded"])] },
    ["order ready: says that 2.00 EUR are back, and 0.00 EUR are (pi-ready)"],
  ],
  [
    "back in part without the order's knowledge",
    { orders: [says("ready", [100, "succeeded"])], refunds: [aRefund("ready", { amount: 200 })] },
    ["order ready: knows that 1.00 EUR are back, and 2.00 EUR are (re-ready)"],
  ],
])("of money that goes back each state is compared: %s", (_, planted, faults) => {
  expect(faultsWith(planted)).toEqual(faults);
});

it.each<[string, Part]>([
  [
    "given back in parts, one of which is on its way",
    {
      orders: [says("ready", [200, "succeeded"], [100, "refunding"])],
      refunds: [aRefund("ready", { amount: 200 }), aRefund("ready", { id: "re-2", amount: 100, state: "refunding" })],
    },
  ],
  ["all of it on its way", { refunds: ["paid", "ready"].map((id) => aRefund(id, { state: "refunding" })) }],
  [
    "refunded once, which failed later, and on its way again",
    {
      orders: [says("refunded", [500, "failed"], [500, "refunding"])],
      refunds: [aRefund("refunded", { state: "refunding" })],
    },
  ],
  [
    "asked for here while the dashboard gave it back",
    { orders: [says("refunded", [500, "succeeded"], [500, "succeeded"])] },
  ],
])("money is nothing wrong: %s", (_, planted) => {
  expect(faultsWith(planted)).toEqual([]);
});
