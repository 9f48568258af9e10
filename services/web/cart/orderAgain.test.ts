import { expect, test } from "vitest";
import { aProduct } from "../testing.ts";
import { orderAgain } from "./orderAgain.ts";

const item = (productId: string, quantity: number) => ({
  productId,
  name: `The ${productId}`,
  quantity,
  unitPrice: { amount: 1000, currency: "eur" },
});

test("an order can be had again, and pressing twice does not double it", () => {
  const menu = [aProduct("soup"), aProduct("bread")];
  const items = [item("soup", 2), item("bread", 1)];
  const once = orderAgain(new Map([["bread", 3]]), items, menu);
  expect([...once.cart]).toEqual([
    ["bread", 3],
    ["soup", 2],
  ]);
  expect(once.leftOut).toEqual([]);
  expect([...orderAgain(once.cart, items, menu).cart]).toEqual([...once.cart]);
});

test("what is sold out, gone or fewer than before is said", () => {
  const menu = [aProduct("soup", { available: 1 }), aProduct("bread", { available: 0 })];
  const { cart, leftOut } = orderAgain(new Map(), [item("soup", 2), item("bread", 1), item("tea", 1)], menu);
  expect([...cart]).toEqual([["soup", 1]]);
  expect(leftOut).toEqual([
    "The soup: 1 instead of 2, as that is all there is.",
    "The bread is sold out.",
    "The tea is not on the menu any more.",
  ]);
});

test("what does not fit into the cart is said too", () => {
  const full = new Map(Array.from({ length: 50 }, (_, index) => [`p${index}`, 1] as const));
  const { cart, leftOut } = orderAgain(full, [item("soup", 1)], [aProduct("soup")]);
  expect(cart.size).toBe(50);
  expect(leftOut).toEqual(["The soup did not fit: 50 different dishes are the most."]);
});

test("a dish that is on the menu is called as there, and one that is gone as in the order", () => {
  const menu = [
    aProduct("soup", { name: "Die Suppe", available: 0 }),
    aProduct("bread", { name: "Das Brot", available: 1 }),
  ];
  expect(orderAgain(new Map(), [item("soup", 1), item("bread", 2), item("tea", 1)], menu).leftOut).toEqual([
    "Die Suppe is sold out.",
    "Das Brot: 1 instead of 2, as that is all there is.",
    "The tea is not on the menu any more.",
  ]);
});
