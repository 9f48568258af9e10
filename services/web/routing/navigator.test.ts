import { expect, test } from "vitest";
import { aBrowser } from "../testing.ts";
import { createNavigator } from "./navigator.ts";

test("a deep link opens its view", () => {
  const { place } = createNavigator(aBrowser("/orders/7"));
  expect(place.get()).toEqual({ route: { view: "order", orderId: "7" }, back: undefined, visit: 0 });
});

test("moving on and going back are followed", () => {
  const browser = aBrowser("/");
  const navigator = createNavigator(browser);
  navigator.go("/orders");
  expect(navigator.place.get()).toMatchObject({ route: { view: "orders" }, visit: 1 });
  browser.goBack("/");
  expect(navigator.place.get()).toMatchObject({ route: { view: "menu" }, visit: 2 });
});

test("a jump within a view is no move, a click on its own link is one", () => {
  const browser = aBrowser("/orders/7");
  const navigator = createNavigator(browser);
  browser.goBack("/orders/7#main");
  expect(navigator.place.get().visit).toBe(0);
  navigator.go("/orders/7");
  expect(navigator.place.get().visit).toBe(1);
});

test("the way back from the payment page is told once and leaves the address bar", () => {
  const browser = aBrowser("/orders/7?payment=done&lang=de");
  const navigator = createNavigator(browser);
  expect(navigator.place.get().back).toBe("done");
  expect(browser.location.search).toBe("?lang=de");
  navigator.go("/orders/7");
  expect(navigator.place.get().back).toBeUndefined();
});

test("a made-up payment result is dropped", () => {
  const browser = aBrowser("/orders/7?payment=%3Cscript%3E");
  expect(createNavigator(browser).place.get().back).toBeUndefined();
  expect(browser.location.search).toBe("");
});
