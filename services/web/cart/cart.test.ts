import { describe, expect, test } from "vitest";
import { aProduct } from "../testing.ts";
import {
  type Cart,
  countOf,
  emptyCart,
  fitToStock,
  keepKnown,
  linesOf,
  mostOf,
  setQuantity,
  toOrderLines,
  totalOf,
} from "./cart.ts";

const cart: Cart = new Map([
  ["soup", 3],
  ["bread", 1],
]);

describe("quantities", () => {
  test("stay between 1 and 99, and zero removes the line", () => {
    expect(setQuantity(cart, "soup", 100).get("soup")).toBe(99);
    expect(setQuantity(cart, "soup", 0).has("soup")).toBe(false);
    expect(setQuantity(cart, "soup", -1).has("soup")).toBe(false);
  });

  test("are whole, and never not a number", () => {
    expect(setQuantity(cart, "soup", 2.9).get("soup")).toBe(2);
    expect(setQuantity(cart, "soup", Number.NaN)).toBe(cart);
  });

  test("leave the cart that they were made from as it was", () => {
    setQuantity(cart, "soup", 7);
    expect(cart.get("soup")).toBe(3);
  });
});

test("a 51st product is not taken, a change of the 50th is", () => {
  const ids = Array.from({ length: 50 }, (_, index) => `p${index}`);
  const full = ids.reduce<Cart>((filling, id) => setQuantity(filling, id, 1), emptyCart);
  expect(setQuantity(full, "one more", 1)).toBe(full);
  expect(setQuantity(full, "p49", 2).get("p49")).toBe(2);
});

test("the most of a dish is what is left of it or what an order may have, and it is said which", () => {
  expect(mostOf(aProduct("soup", { available: 6 }), 1)).toEqual({ max: 6, limit: "Only 6 left." });
  expect(mostOf(aProduct("soup", { available: 1 }), 3).max).toBe(3);
  expect(mostOf(aProduct("soup", { available: 200 }), 1)).toEqual({
    max: 99,
    limit: "99 of one dish are the most in one order.",
  });
});

test("lines are priced from the menu and add up", () => {
  const lines = linesOf(cart, [aProduct("soup", { unitPrice: { amount: 450, currency: "eur" } }), aProduct("bread")]);
  expect(lines.map((line) => line.price.amount)).toEqual([1350, 1000]);
  expect(totalOf(lines)).toEqual([{ amount: 2350, currency: "eur" }]);
  expect(countOf(cart)).toBe(4);
});

test("short lines are lowered to what is left, sold-out ones go, the others stay", () => {
  const short = [
    { productId: "soup", requested: 3, available: 2 },
    { productId: "bread", requested: 1, available: 0 },
    { productId: "unrelated", requested: 1, available: 0 },
  ];
  expect([...fitToStock(cart, short)]).toEqual([["soup", 2]]);
});

test("fitting never raises a quantity", () => {
  expect(fitToStock(cart, [{ productId: "soup", requested: 9, available: 8 }]).get("soup")).toBe(3);
});

test("products that left the menu leave the cart; else it is the same cart", () => {
  expect([...keepKnown(cart, [aProduct("bread")]).keys()]).toEqual(["bread"]);
  expect(keepKnown(cart, [aProduct("bread"), aProduct("soup")])).toBe(cart);
});

test("an order names products and quantities, and the prices that were shown", () => {
  const cart = new Map([
    ["soup", 2],
    ["gone", 1],
  ]);
  expect(toOrderLines(cart, [aProduct("soup"), aProduct("bread")])).toEqual([
    { productId: "soup", quantity: 2, unitPrice: { amount: 1000, currency: "eur" } },
    { productId: "gone", quantity: 1 },
  ]);
});
