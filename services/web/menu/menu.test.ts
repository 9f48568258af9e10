import { expect, test } from "vitest";
import { ConnectionError } from "../api/errors.ts";
import { createStore } from "../store.ts";
import { aProduct } from "../testing.ts";
import { byCategory, createMenu, leftOver } from "./menu.ts";

test("categories keep the order in which they first appear", () => {
  const products = [aProduct("a"), aProduct("b", { category: "Sweet" }), aProduct("c")];
  const groups = byCategory(products).map(({ category, products: members }) => [category, members.map(({ id }) => id)]);
  expect(groups).toEqual([
    ["Pizza", ["a", "c"]],
    ["Sweet", ["b"]],
  ]);
});

test.each([
  [0, "Sold out", "none"],
  [3, "Only 3 left", "few"],
  [6, "6 left", "plenty"],
  [100, "Plenty left", "plenty"],
])("%d in stock reads %s", (available, text, level) => {
  expect(leftOver(available)).toEqual({ text, level });
});

test("a menu that cannot be loaded says so, and can be asked for again", async () => {
  const answers = [Promise.reject(new ConnectionError("down")), Promise.resolve({ products: [aProduct("a")] })];
  const menu = createMenu({ menu: () => answers.shift() ?? Promise.resolve({ products: [] }) }, createStore("en"));
  await menu.load();
  expect(menu.store.get().state).toBe("failed");
  await menu.load();
  expect(menu.store.get()).toMatchObject({ state: "ready", products: [{ id: "a" }] });
});

test("a refresh that fails leaves the menu that is shown", async () => {
  const answers = [Promise.resolve({ products: [aProduct("a")] }), Promise.reject(new ConnectionError("down"))];
  const menu = createMenu({ menu: () => answers.shift() ?? Promise.resolve({ products: [] }) }, createStore("en"));
  await menu.load();
  await menu.refresh();
  expect(menu.store.get().state).toBe("ready");
});

test("a price that the server corrected is shown at once, whatever else the menu says", async () => {
  const products = [aProduct("a"), aProduct("b")];
  const menu = createMenu({ menu: async () => ({ products, closed: "Soon" }) }, createStore("en"));
  const [seen, now] = [aProduct("a").unitPrice, { amount: 1150, currency: "eur" }];
  menu.correct([{ productId: "a", seen, now }]);
  expect(menu.store.get().state).toBe("loading");
  await menu.load();
  menu.correct([{ productId: "a", seen, now }]);
  const corrected = menu.store.get();
  expect(corrected).toMatchObject({ products: [{ unitPrice: now }, { unitPrice: seen }], closed: "Soon" });
  menu.correct([]);
  // Who waits for the menu hears nothing of it.
  expect(menu.store.get()).toBe(corrected);
});

test("the menu follows the page's language, and goes back to its own words", async () => {
  const language = createStore("de");
  const soup = aProduct("soup", { translations: { de: { name: "Suppe" } } });
  const menu = createMenu({ menu: async () => ({ products: [soup] }) }, language);
  const names = () => {
    const now = menu.store.get();
    return now.state === "ready" ? now.products.map(({ name }) => name) : [];
  };
  await menu.load();
  expect(names()).toEqual(["Suppe"]);
  language.set("en");
  expect(names()).toEqual(["The soup"]);
  language.set("de");
  menu.correct([{ productId: "soup", seen: soup.unitPrice, now: { amount: 1150, currency: "eur" } }]);
  expect(names()).toEqual(["Suppe"]);
});
