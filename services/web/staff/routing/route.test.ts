import { expect, test } from "vitest";
import { actsPath, orderPath, parsePath, type Route, screenPath, screens } from "./route.ts";

test.each<[string, Route]>([
  ["/staff", { view: "home" }],
  ["/staff/", { view: "home" }],
  ["/staff/kitchen/", { view: "kitchen" }],
  ["/staff/orders/a%20b", { view: "order", orderId: "a b" }],
  ["/staff/menu/1", { view: "missing" }],
  ["/staff/orders/1/2", { view: "missing" }],
  ["/staff/orders/%E0%A4%A", { view: "missing" }],
  ["/staff/nowhere", { view: "missing" }],
  ["/orders", { view: "missing" }],
])("%s leads to its view", (path, route) => {
  expect(parsePath(path)).toEqual(route);
});

test("every screen's path leads back to it, and an order's too, whatever its id holds", () => {
  for (const view of screens) expect(parsePath(screenPath(view))).toEqual({ view });
  expect(parsePath(orderPath("a/b?c#d %"))).toEqual({ view: "order", orderId: "a/b?c#d %" });
});

test("what somebody did is asked for by their id at the sign-in, whatever it holds", () => {
  const { pathname, searchParams } = new URL(actsPath("auth0|a&b=c"), "http://page");
  expect([pathname, Object.fromEntries(searchParams)]).toEqual([screenPath("audit"), { subject: "auth0|a&b=c" }]);
});
