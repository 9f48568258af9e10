import { describe, expect, it } from "vitest";
import { faultsOf, unfinished } from "./faults.ts";
import { anOrder, aPayment, aRefund, aReservation, faultsWith, goodBooks, type Part, tea } from "./testing.ts";

const late = new Date("2026-01-01T12:59:00Z");

it("books that balance have no fault", () => {
  expect(faultsOf(goodBooks())).toEqual([]);
});

describe("no fault is", () => {
  it.each<[string, Part]>([
    [
      "a reservation that waits for its order",
      {
        reservations: [aReservation("new", "reserved", { expiresAt: late })],
        products: [{ ...tea, available: 12, reserved: 4 }],
      },
    ],
    ["a reservation that went back since its order never came", { reservations: [aReservation("ghost", "released")] }],
    [
      "an order that was paid, and given back since its items were gone",
      {
        orders: [
          anOrder("refunded", "refunded", { history: anOrder("o", "paid").history.concat({ status: "refunded" }) }),
        ],
      },
    ],
    ["money that was taken for nobody and given back", { checkouts: [aPayment("ghost")], refunds: [aRefund("ghost")] }],
    [
      "an old order of which the provider remembers nothing",
      {
        moneySince: late,
        orders: [anOrder("old", "ready")],
        reservations: [aReservation("old", "committed")],
        products: [{ ...tea, available: 12, sold: 6 }],
      },
    ],
  ])("%s", (_, planted) => {
    expect(faultsWith(planted)).toEqual([]);
  });
});

it("of a provider that remembers from a moment on, a payment that is missing is missed from then on", () => {
  const moneySince = new Date("2026-01-01T11:59:59Z");
  const books = {
    ...goodBooks(),
    moneySince,
    checkouts: goodBooks().checkouts.filter(({ orderId }) => orderId !== "ready"),
  };
  expect(faultsOf(books)).toEqual(["order ready: is ready, and the provider took no money for it"]);
});

it("what is under way is told: orders without an end, what waits in an outbox, reservations without an order", () => {
  const books = goodBooks();
  const cancelled = anOrder("cancelled", "cancelled", { outbox: [{ type: "order.cancelled" }] });
  const orders = [...books.orders.filter(({ id }) => id !== "cancelled"), cancelled];
  const reservations = [...books.reservations, aReservation("new", "reserved")];
  expect(unfinished({ ...books, orders, reservations })).toEqual([
    "order waiting: is still waiting_for_payment",
    "order paid: is still paid",
    "order cancelled: order.cancelled is still in its outbox",
    "order new: is not there yet; reserved until 2026-01-01T12:45:00.000Z",
  ]);
});
