import { expect, test } from "vitest";
import { isPlainClick, parsePath, pathOf, type Route } from "./route.ts";

test.each<[string, Route]>([
  ["/", { view: "menu" }],
  ["/orders", { view: "orders" }],
  ["/orders/", { view: "orders" }],
  ["/orders/a%20b", { view: "order", orderId: "a b" }],
  ["/orders/1/2", { view: "missing" }],
  ["/orders/%E0%A4%A", { view: "missing" }],
  ["/menu", { view: "missing" }],
])("%s leads to its view", (path, route) => {
  expect(parsePath(path)).toEqual(route);
});

test("a path leads back to its route, whatever the id holds", () => {
  const route = { view: "order", orderId: "a/b?c#d %" } as const;
  expect(parsePath(pathOf(route))).toEqual(route);
});

test("clicks for new tabs and windows are left to the browser", () => {
  const plain = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false, defaultPrevented: false };
  expect(isPlainClick(plain)).toBe(true);
  for (const change of [
    { button: 1 },
    { metaKey: true },
    { ctrlKey: true },
    { shiftKey: true },
    { defaultPrevented: true },
  ])
    expect(isPlainClick({ ...plain, ...change })).toBe(false);
});
