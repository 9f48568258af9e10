import { expect, test } from "vitest";
import { fillCart, headline, openCart, payLink, payWith, placeOrder } from "./guest.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

test("after a lost answer the order that was seen is not made again, and the same cart is a new order", async () => {
  const { page, context } = await visit("desktop");
  await fillCart(page);
  await context.route("**/orders", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await (await openCart(page)).getByRole("button", { name: "Place order" }).click();
  await page.getByRole("alert").getByText("No connection").waitFor();
  await context.unroute("**/orders");
  await page.getByRole("link", { name: "Your orders" }).click();
  await page.locator(".order-row-link").click();
  await payWith(page, "Pay");
  await headline(page, /ready!/).waitFor();
  const first = page.url();

  await page.getByRole("link", { name: "Menu", exact: true }).click();
  await page.getByText("Nothing in here yet").waitFor();
  await fillCart(page);
  await placeOrder(page);
  await payLink(page).waitFor();
  expect(page.url()).not.toBe(first);
});

test("a cart whose key has lapsed is ordered with a new one", async () => {
  const { page, context } = await visit("phone");
  await fillCart(page);
  const keys = new Set<string | undefined>();
  await context.route("**/orders", (route) => {
    if (route.request().method() !== "POST") return route.continue();
    keys.add(route.request().headers()["idempotency-key"]);
    if (keys.size > 1) return route.continue();
    return route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "/problems/order-conflict", status: 409 }),
    });
  });
  await placeOrder(page);
  await payLink(page).waitFor();
  expect(keys.size).toBe(2);
});

test.each([40, -40])(
  "a phone whose clock is %d minutes ahead sees the way to pay and the server's time left",
  async (minutes) => {
    const { page, context } = await visit("phone");
    await context.addInitScript(`{
    const Right = Date;
    const now = () => Right.now() + ${minutes * 60_000};
    globalThis.Date = class extends Right {
      constructor(...given) { given.length > 0 ? super(...given) : super(now()); }
      static now() { return now(); }
    };
  }`);
    await fillCart(page);
    await placeOrder(page);
    await payLink(page).waitFor();
    // Minutes may have gone by on a slow machine, and none of the forty that the phone is wrong by.
    const left = () => page.getByRole("timer").textContent();
    await expect.poll(left).toMatch(/^(10:0\d|[5-9]:\d\d)$/);
    // Who went to pay has the whole time.
    await payWith(page, "Cancel");
    await expect.poll(left).toMatch(/^(30:0\d|2\d:\d\d)$/);
  },
);

test("a server that is away is said before the browser leaves for the payment page", async () => {
  const { page, context } = await visit("phone");
  await fillCart(page);
  await placeOrder(page);
  await payLink(page).waitFor();
  const here = page.url();
  await context.route("**/api/**", (route) => route.abort());
  await payLink(page).click();
  await page.getByRole("alert").getByText("No connection").waitFor();
  expect(page.url()).toBe(here);
  await context.unroute("**/api/**");
  await payWith(page, "Pay");
  await headline(page, /ready!/).waitFor();
});

test("who comes back from paying without their cookies is told what to do, and not to pay again", async () => {
  const { page, context } = await visit("phone");
  await fillCart(page);
  await placeOrder(page);
  await payLink(page).waitFor();
  await context.clearCookies();
  await page.goto(`${page.url()}?payment=done`);
  const told = page.getByRole("alert");
  await told.getByText(/We can’t show #/).waitFor();
  await told.getByText("the order is with the kitchen all the same").waitFor();
  await told.getByText(/no need to order or to pay again/).waitFor();
});
