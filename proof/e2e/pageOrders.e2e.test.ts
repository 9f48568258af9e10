import type { Request } from "playwright-core";
import { expect, test } from "vitest";
import { fillCart, headline, openCart, payLink, payWith, placeOrder } from "./guest.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

test("who waits at “Your orders” sees the order become ready, in every tab, and it moves to the past ones", async () => {
  const { page, context } = await visit("phone");
  await fillCart(page);
  await placeOrder(page);
  await payLink(page).waitFor();
  const other = await context.newPage();
  await other.goto("/orders");
  await other.getByRole("region", { name: "Open" }).getByText("Waiting for payment").waitFor();
  await payWith(page, "Pay");
  await page.getByRole("link", { name: "Your orders" }).click();
  for (const tab of [page, other]) {
    await tab.getByRole("region", { name: "Past" }).getByText("Ready", { exact: true }).waitFor();
    await expect.poll(() => tab.getByRole("region", { name: "Open" }).count()).toBe(0);
  }
});

test("tabs of the list share one stream, and see by it alone that the meal is ready", async () => {
  const { page, context } = await visit("desktop");
  await fillCart(page);
  await placeOrder(page);
  const payment = await payLink(page).getAttribute("href");
  // From here on every reading shows the orders as they are now.
  let kept: Promise<string> | undefined;
  await context.route(/\/orders\?limit=/, async (route) => {
    kept ??= route.fetch().then((answer) => answer.text());
    await route.fulfill({ contentType: "application/json", body: await kept });
  });
  const open = new Set<Request>();
  const most = { atOnce: 0 };
  const isStream = (request: Request) => request.url().endsWith("/orders/events");
  context.on("request", (request) => {
    if (isStream(request)) most.atOnce = Math.max(most.atOnce, open.add(request).size);
  });
  context.on("requestfinished", (request) => void open.delete(request));
  context.on("requestfailed", (request) => void open.delete(request));
  await page.getByRole("link", { name: "Your orders" }).click();
  const other = await context.newPage();
  await other.goto("/orders");
  const tabs = [page, other];
  for (const tab of tabs) await tab.getByRole("region", { name: "Open" }).getByText("Waiting for payment").waitFor();
  await expect.poll(() => open.size).toBe(1);
  // In another browser: the order's own page would tell the tabs too.
  const { page: payer } = await visit("phone");
  await payer.goto(payment ?? "");
  await payer.getByRole("button", { name: /^Pay/ }).click();
  for (const tab of tabs) await tab.getByRole("region", { name: "Past" }).getByText("Ready", { exact: true }).waitFor();
  expect(most.atOnce).toBe(1);
  // With the last order at its end there is nothing to follow.
  await expect.poll(() => open.size).toBe(0);
});

test("the menu shows the order that is under way, and how it moves", async () => {
  const { page } = await visit("phone");
  await fillCart(page);
  await placeOrder(page);
  await payWith(page, "Pay");
  await page.getByRole("link", { name: "Gorder, to the menu", exact: true }).click();
  const running = page.getByRole("region", { name: "Orders under way" });
  await running.getByText("Ready", { exact: true }).waitFor();
  await running.getByRole("link").click();
  await headline(page, /ready!/).waitFor();
});

test("“No connection” goes away when the network is back", async () => {
  const { page, context } = await visit("desktop");
  await fillCart(page);
  await placeOrder(page);
  await payLink(page).waitFor();
  await page.getByRole("link", { name: "Your orders" }).click();
  await page.locator(".order-row").waitFor();
  await context.setOffline(true);
  await page.getByText("No connection").waitFor();
  await context.setOffline(false);
  await page.getByText("No connection").waitFor({ state: "detached" });
  await expect.poll(() => page.locator(".order-row").count()).toBe(1);
});

test("a cancelled order can be had again, without what has run out, and that is said", async () => {
  const { page, context } = await visit("desktop");
  const dish = await fillCart(page);
  const other = page.getByRole("button", { name: /^Add /, disabled: false }).first();
  const gone = ((await other.getAttribute("aria-label")) ?? "").replace("Add ", "");
  await other.click();
  await placeOrder(page);
  await payLink(page).waitFor();
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await headline(page, "You cancelled this order").waitFor();
  await context.route("**/api/products", async (route) => {
    const menu = (await (await route.fetch()).json()) as { products: { name: string; available: number }[] };
    for (const product of menu.products) if (product.name === gone) product.available = 0;
    await route.fulfill({ json: menu });
  });
  await page.getByRole("button", { name: "Order this again" }).click();
  await page.getByRole("alert").getByText(`${gone} is sold out.`).waitFor();
  const cart = await openCart(page);
  await expect.poll(() => cart.getByRole("textbox", { name: /^Quantity of/ }).count()).toBe(1);
  await expect.poll(() => cart.getByRole("textbox", { name: `Quantity of ${dish}` }).inputValue()).toBe("2");
  await page.getByRole("link", { name: "Your orders" }).click();
  await page.getByRole("button", { name: /^Order this again: #/ }).waitFor();
});

test("dishes are listed in the order in which they were picked", async () => {
  const { page } = await visit("desktop");
  await page.goto("/");
  const names = page.locator(".card:not(.card-none) h3");
  await names.first().waitFor();
  const picked: string[] = [];
  for (const card of [3, 0, 2]) picked.push((await names.nth(card).textContent()) ?? "");
  for (const name of picked) await page.getByRole("button", { name: `Add ${name}` }).click();
  await placeOrder(page);
  await payLink(page).waitFor();
  const items = page.locator(".order-items li");
  await expect.poll(() => items.allInnerTexts()).toEqual(picked.map((name) => expect.stringContaining(name)));
});
