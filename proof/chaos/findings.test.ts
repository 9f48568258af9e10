import { expect, test } from "vitest";
import { anOrder, aPayment, goodBooks, tea } from "../../ops/ledger/testing.ts";
import { findingsOf, fresh } from "./findings.ts";

/** An order that came to its end, and nothing else. */
const atRest = () => {
  const { reservations, ...books } = goodBooks();
  const products = [{ ...tea, available: 18, reserved: 0, sold: 2 }];
  const ofIt = reservations.filter(({ orderId }) => orderId === "ready");
  return {
    ...books,
    products,
    orders: [anOrder("ready", "ready")],
    reservations: ofIt,
    checkouts: [aPayment("ready")],
    refunds: [],
  };
};
const none = { lost: [], oversold: [], charged: [], withoutEnd: [] };

test("of books at rest that balance nothing is found", () => {
  expect(findingsOf(atRest(), ["ready"])).toEqual(none);
});

test("an order that a guest was told of and that is not there is lost", () => {
  expect(findingsOf(atRest(), ["gone"]).lost).toEqual(["order gone: was accepted, and is not there"]);
});

test("a unit too many, a second payment and an order without an end each have a column", () => {
  const books = atRest();
  const second = aPayment("ready", { id: "cs-2", paymentId: "pi-2" });
  expect(
    findingsOf({ ...books, products: [{ ...tea, sold: 2, reserved: 0, available: 19 }] }, []).oversold,
  ).not.toEqual([]);
  expect(findingsOf({ ...books, checkouts: [...books.checkouts, second] }, []).charged).not.toEqual([]);
  expect(findingsOf({ ...books, orders: [anOrder("ready", "paid")] }, []).withoutEnd).toEqual([
    "order ready: is still paid",
  ]);
});

test("what an earlier round found is not found again", () => {
  const findings = findingsOf(atRest(), ["gone", "lost"]);
  const [first = ""] = findings.lost;
  expect(fresh(findings, new Set([first])).lost).toEqual(["order lost: was accepted, and is not there"]);
});
