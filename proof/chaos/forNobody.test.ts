import { expect, test } from "vitest";
import { anOrder, aPayment, aReservation } from "../../ops/ledger/testing.ts";
import { keptForNobody } from "./forNobody.ts";

const at = new Date("2026-01-01T12:01:00Z");
const unpaid = { paid: false, paymentId: undefined };

test("orders whose time is over, their items and their payment pages are kept for nobody; what is paid or new is not", () => {
  const orders = [
    anOrder("waits", "waiting_for_payment"),
    anOrder("cancelled", "cancelled"),
    anOrder("done", "cancelled"),
    anOrder("paid", "waiting_for_payment"),
    anOrder("new", "pending", { placedAt: at }),
  ];
  const reservations = ["waits", "cancelled", "paid", "new"].map((id) => aReservation(id, "reserved"));
  const checkouts = [
    aPayment("waits", { ...unpaid, open: true }),
    aPayment("cancelled", { ...unpaid, open: true }),
    aPayment("done", unpaid),
    aPayment("paid"),
  ];
  expect(
    keptForNobody({ at, orders, reservations: [...reservations, aReservation("done", "released")], checkouts }),
  ).toEqual([
    "order waits: is still waiting_for_payment",
    "order waits: its items are still held",
    "order waits: can still be paid",
    "order cancelled: its items are still held",
    "order cancelled: can still be paid",
  ]);
});
