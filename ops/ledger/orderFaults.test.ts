import { expect, it } from "vitest";
import type { Order } from "./books.ts";
import { orderFaults } from "./orderFaults.ts";
import { anOrder, aRefund, aReservation, faultsWith, type Part, tea } from "./testing.ts";

const early = new Date("2026-01-01T12:30:00Z");

it.each<[string, Part, string[]]>([
  [
    "stored twice",
    { orders: [anOrder("cancelled", "cancelled"), anOrder("cancelled", "cancelled")] },
    ["order cancelled: is stored 2 times"],
  ],
  ["no reservation", { orders: [anOrder("o", "cancelled")] }, ["order o: stock knows no reservation of it"]],
  [
    "sold, and not paid",
    { orders: [anOrder("paid", "cancelled")], refunds: [aRefund("paid")] },
    [
      "order paid: is cancelled, and its reservation is committed",
      "order paid: is cancelled, and does not say that its money was given back",
    ],
  ],
  [
    "cooked, and not sold",
    { reservations: [aReservation("ready", "released")], products: [{ ...tea, available: 16, sold: 2 }] },
    ["order ready: is ready, and its reservation is released"],
  ],
  [
    "cancelled, and still held",
    { reservations: [aReservation("cancelled", "reserved")], products: [{ ...tea, available: 12, reserved: 4 }] },
    ["order cancelled: is cancelled, and its reservation is reserved"],
  ],
  [
    "waiting, and not held any more",
    { reservations: [aReservation("waiting", "released")], products: [{ ...tea, available: 16, reserved: 0 }] },
    ["order waiting: is waiting_for_payment, and its reservation is released"],
  ],
  [
    "other items than reserved",
    { orders: [anOrder("ready", "ready", { lines: [{ productId: "tea", quantity: 3 }] })] },
    ["order ready: is of 3 × tea, its reservation of 2 × tea"],
  ],
  [
    "sold to an order that does not exist",
    { reservations: [aReservation("ghost", "committed")], products: [{ ...tea, available: 12, sold: 6 }] },
    ["order ghost: does not exist, and its items are sold"],
  ],
  [
    "held for an order that never came",
    {
      reservations: [aReservation("ghost", "reserved", { expiresAt: early })],
      products: [{ ...tea, available: 12, reserved: 4 }],
    },
    ["order ghost: does not exist, and its items are still reserved, overdue since 2026-01-01T12:30:00.000Z"],
  ],
  [
    "a history without a beginning",
    { orders: [anOrder("ready", "ready", { history: [] })] },
    ["order ready: its history begins with nothing", "order ready: is ready, and its history ends with nothing"],
  ],
  [
    "a step that was left out",
    {
      orders: [
        anOrder("ready", "ready", { history: [{ status: "pending" }, { status: "paid" }, { status: "ready" }] }),
      ],
    },
    ["order ready: went from pending to paid"],
  ],
  [
    "cooked after the cancellation",
    {
      orders: [
        anOrder("ready", "ready", { history: [{ status: "pending" }, { status: "cancelled" }, { status: "ready" }] }),
      ],
    },
    ["order ready: went from cancelled to ready"],
  ],
  [
    "another status than the history's",
    { orders: [anOrder("paid", "ready", { history: anOrder("o", "paid").history })] },
    ["order paid: is ready, and its history ends with paid"],
  ],
  [
    "an event that was lost",
    { orders: [anOrder("waiting", "pending", { outbox: [], placedAt: new Date("2026-01-01T12:59:00Z") })] },
    ["order waiting: is pending, and its outbox does not tell of it"],
  ],
  [
    "two minutes without a link",
    { orders: [anOrder("waiting", "pending", { placedAt: new Date("2026-01-01T12:57:59Z") })] },
    ["order waiting: has no payment link since 2026-01-01T12:57:59.000Z, so nobody can pay for it"],
  ],
  [
    "an event without its transition",
    { orders: [anOrder("ready", "ready", { outbox: [{ type: "order.created" }] })] },
    ["order ready: is ready, and order.created is in its outbox"],
  ],
  [
    "cooked, and owed back",
    { orders: [anOrder("ready", "ready", { outbox: [{ type: "refund" }] })] },
    ["order ready: is ready, and refund is in its outbox"],
  ],
  [
    "a cancellation that was none",
    { orders: [anOrder("ready", "ready", { outbox: [{ type: "order.cancelled" }] })] },
    ["order ready: is ready, and order.cancelled is in its outbox"],
  ],
])("of an order is named: %s", (_, planted, faults) => {
  expect(faultsWith(planted)).toEqual(faults);
});

it("of a paid order all of whose money is on its way back nothing is named: its items went back before", () => {
  const orders = [anOrder("back", "paid", { outbox: [{ type: "refund" }] }), anOrder("kept", "paid")];
  const reservations = orders.map(({ id }) => aReservation(id, "released"));
  const faults = orderFaults({ orders, reservations, at: early });
  expect(faults).toEqual(["order kept: is paid, and its reservation is released"]);
});

it("of an order that nobody cooked is named that its items are sold, unless it ended long ago", () => {
  const at = new Date("2026-01-03T12:00:00Z");
  const ended = (id: string, before: Order["status"], end: "cancelled" | "refunded", hoursAgo = 1) => {
    const steps = [...anOrder(id, before).history, { status: end, at: new Date(at.getTime() - hoursAgo * 3_600_000) }];
    return anOrder(id, end, { history: steps });
  };
  const orders = [
    ended("early", "paid", "cancelled"),
    ended("cooked", "cooking", "cancelled"),
    ended("late", "paid", "refunded"),
    ended("eaten", "ready", "refunded"),
    ended("longAgo", "paid", "cancelled", 25),
  ];
  const reservations = orders.map(({ id }) => aReservation(id, "committed"));
  expect(orderFaults({ orders, reservations, at })).toEqual([
    "order early: is cancelled and nobody cooked it, and its items are sold",
    "order late: is refunded and nobody cooked it, and its items are sold",
  ]);
});
