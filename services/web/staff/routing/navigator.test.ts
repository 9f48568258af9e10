import { expect, test } from "vitest";
import { aBrowser } from "../../testing.ts";
import { createNavigator } from "./navigator.ts";

test("a search stays in its view and in the address, and another view is a move", () => {
  const browser = aBrowser("/staff/orders");
  const { place, look, go } = createNavigator(browser);
  look("number=A1");
  expect(place.get()).toEqual({ route: { view: "orders" }, search: "?number=A1", visit: 0 });
  go("/staff/menu");
  expect(place.get()).toEqual({ route: { view: "menu" }, search: "", visit: 1 });
});

test("the way back leads to what was looked for", () => {
  const browser = aBrowser("/staff/orders?number=A1");
  const { place, look } = createNavigator(browser);
  look("");
  expect(browser.location.search).toBe("");
  browser.goBack("/staff/orders?number=A1");
  expect(place.get()).toMatchObject({ search: "?number=A1", visit: 0 });
});
