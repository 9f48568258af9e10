import { expect, inject, test } from "vitest";
import { fillCart, headline, openCart, payLink, payWith, placeOrder } from "./guest.ts";
import { newGuest, newProducts } from "./shop.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

test("a status moves by polling where events are blocked", async () => {
  const { page, context } = await visit("phone");
  await context.route("**/events", (route) => route.abort());
  await fillCart(page);
  await placeOrder(page);
  await payLink(page).waitFor();
  await page.waitForResponse((response) => response.status() === 304);
  await payWith(page, "Pay");
  await headline(page, /ready!/).waitFor();
});

test("an order that got lost on the way is asked for again with the same key", async () => {
  const { page, context } = await visit("desktop");
  await fillCart(page);
  const keys: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/orders"))
      keys.push(request.headers()["idempotency-key"]);
  });
  // The order is made, and its answer lost.
  await context.route("**/orders", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  const cart = await openCart(page);
  await cart.getByRole("button", { name: "Place order" }).click();
  await cart.getByRole("alert").getByText("No connection").waitFor();
  await context.unroute("**/orders");
  await cart.getByRole("button", { name: "Try again" }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  await page.getByRole("link", { name: "Your orders" }).click();
  await page.locator(".order-row").first().waitFor();
  await expect.poll(() => page.locator(".order-row").count()).toBe(1);
});

test("a session that is gone is replaced, and the order placed all the same", async () => {
  const { page, context } = await visit("desktop");
  await fillCart(page);
  await placeOrder(page);
  await page.getByRole("link", { name: "Back to the menu" }).click();
  await fillCart(page);
  await page.getByRole("link", { name: "Your orders" }).click();
  await page.locator(".order-row").first().waitFor();
  await context.clearCookies();
  await page.getByRole("link", { name: "Menu", exact: true }).click();
  await placeOrder(page);
  await payLink(page).waitFor();
});

test("what ran out is named with what is left, and the cart can be adjusted to it", async () => {
  const [dish = ""] = await newProducts(3);
  const menu = async () => (await fetch(`${inject("stack").apps.order.url}/api/products`)).text();
  await expect.poll(menu).toContain(dish);
  const { page } = await visit("desktop");
  await page.goto("/");
  await page.getByRole("button", { name: `Add ${dish}` }).click();
  await page
    .getByRole("button", { name: `One more ${dish}` })
    .first()
    .click();
  expect((await (await newGuest()).order([{ productId: dish, quantity: 2 }])).status).toBe(201);
  const cart = await openCart(page);
  await cart.getByRole("button", { name: "Place order" }).click();
  await cart.getByRole("alert").getByText(`${dish}: only 1 left, you asked for 2.`).waitFor();
  await cart.getByRole("button", { name: "Adjust my cart" }).click();
  await expect.poll(() => cart.getByRole("textbox", { name: `Quantity of ${dish}` }).inputValue()).toBe("1");
  await cart.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
});

test("a menu that cannot be loaded says so and can be asked for again", async () => {
  const { page, context } = await visit("phone");
  await context.route("**/api/products", (route) => route.abort());
  await page.goto("/");
  await page.getByRole("alert").getByText("No connection").waitFor();
  await context.unroute("**/api/products");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: /^Add / }).first().waitFor();
});
