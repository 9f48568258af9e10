import { expect, test } from "vitest";
import { type BookedOrder, type BookedPayment, dishFaults, orderFaults } from "./books.ts";

const eur = (amount: number) => ({ amount, currency: "eur" });
const payment = (own: Partial<BookedPayment> = {}): BookedPayment => {
  return { status: "taken", total: eur(500), back: 0, owed: 0, isDisputed: false, ...own };
};
const order = (own: Partial<BookedOrder> = {}): BookedOrder => {
  const is = { number: "A1", status: "kept", wasPaid: true, total: eur(500), reservation: "committed" } as const;
  return { ...is, payment: payment(), ...own };
};

test("a dish's units add up to what it began with and what was moved since", () => {
  const dish = { productId: "tea", initial: 10, moved: -2, available: 3, reserved: 1, sold: 4 };
  expect(dishFaults(dish)).toEqual([]);
  expect(dishFaults({ ...dish, sold: 5 })).toEqual([
    "tea: 3 available, 1 reserved and 5 sold are 9 units, and 10 at first with -2 moved since are 8",
  ]);
  expect(dishFaults({ ...dish, available: -1, sold: 8 })).toEqual(["tea: -1 units are available"]);
});

const open = { status: "open", wasPaid: false, reservation: "reserved" } as const;
const never = { status: "cancelled", wasPaid: false, reservation: "released" } as const;

test.each<[string, Partial<BookedOrder>]>([
  ["paid, sold and taken", {}],
  ["given back in part, and says so", { back: 200, payment: payment({ back: 200 }) }],
  ["all on its way back while the meal is there", { payment: payment({ owed: 500 }) }],
  [
    "all on its way back before a cook took it",
    { owed: 500, reservation: "released", payment: payment({ owed: 500 }) },
  ],
  ["not paid yet", { ...open, payment: payment({ status: "open" }) }],
  ["not paid yet, and payment has not heard of it", { ...open, payment: undefined }],
  ["cancelled before it was paid", { ...never, payment: payment({ status: "closed" }) }],
  ["cancelled, and paid all the same, and that goes back", { ...never, payment: payment({ owed: 500 }) }],
  ["cancelled by staff when it was sold", { status: "cancelled", payment: payment({ owed: 500 }) }],
  ["refunded", { status: "refunded", back: 500, payment: payment({ back: 500 }) }],
  ["disputed, whatever that took", { payment: payment({ back: 500, isDisputed: true }) }],
])("an order is right: %s", (_, own) => {
  expect(orderFaults(order(own))).toEqual([]);
});

test.each<[string, Partial<BookedOrder>]>([
  ["#A1 is paid, and its reservation is reserved", { reservation: "reserved" }],
  ["#A1 is paid, and its reservation is released", { reservation: "released" }],
  [
    "#A1 is paid, and its reservation is released",
    { owed: 499, reservation: "released", payment: payment({ owed: 499 }) },
  ],
  ["#A1 is paid, and payment took no money for it", { payment: undefined }],
  ["#A1 is paid, and payment took no money for it", { payment: payment({ status: "closed" }) }],
  ["#A1 costs 5.00 EUR, and 4.99 EUR were taken for it", { payment: payment({ total: eur(499) }) }],
  ["#A1 is paid, and all of its money is back", { payment: payment({ back: 500 }) }],
  ["#A1 cost 5.00 EUR, and 5.01 EUR went back", { payment: payment({ back: 1, owed: 500 }) }],
  ["#A1 says that 1.00 EUR went back, and payment says 2.00 EUR", { back: 100, payment: payment({ back: 200 }) }],
  ["#A1 is not paid yet, and 5.00 EUR were taken for it", open],
  ["#A1 is cancelled, and its reservation is committed", { ...never, reservation: "committed", payment: undefined }],
  ["#A1 is cancelled, and 3.00 EUR of it stayed here", { ...never, payment: payment({ back: 200 }) }],
  ["#A1 is refunded, and 5.00 EUR of it stayed here", { status: "refunded" }],
])("%s", (fault, own) => {
  expect(orderFaults(order(own))).toEqual([fault]);
});
