import type { BrowserContext } from "playwright-core";
import { expect, test } from "vitest";
import { fillCart, openCart } from "./guest.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

type Menu = { products: { unitPrice: { amount: number } }[]; shop: { closed: boolean; sentence: string } };

/** The guest sees another menu than the shop has. */
async function alterMenu(context: BrowserContext, alter: (menu: Menu) => void): Promise<void> {
  await context.route("**/api/products", async (route) => {
    const menu = (await (await route.fetch()).json()) as Menu;
    alter(menu);
    await route.fulfill({ json: menu });
  });
}

test("a guest whose menu was older is shown the difference, and pays the new price only when asked again", async () => {
  const { page, context } = await visit("desktop");
  await alterMenu(context, ({ products }) => {
    for (const { unitPrice } of products) unitPrice.amount -= 100;
  });
  const dish = await fillCart(page);
  const cart = await openCart(page);
  const total = () => cart.locator(".cart-total .price").textContent();
  const before = await total();
  await cart.getByRole("button", { name: "Place order" }).click();
  const alert = cart.getByRole("alert");
  await alert.getByText("Some prices have just changed").waitFor();
  expect(await alert.locator("li").textContent()).toMatch(new RegExp(`^${dish} costs .+ now, not .+\\.$`));
  await expect.poll(total).not.toBe(before);
  const after = await total();
  await context.unroute("**/api/products");
  await cart.getByRole("button", { name: "Order at the new prices" }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
  await page
    .locator(".order-items .cart-total")
    .getByText(after ?? "")
    .waitFor();
});

test("a closed shop says so beside its menu, and takes no order", async () => {
  const { page, context } = await visit("phone");
  await alterMenu(context, (menu) => {
    menu.shop = { closed: true, sentence: "Back at <b>17:00</b>" };
  });
  const posted: string[] = [];
  page.on("request", (request) => void (request.method() === "POST" && posted.push(request.url())));
  await fillCart(page);
  await page.getByText("We are closed right now").waitFor();
  await page.getByText("Back at <b>17:00</b>").waitFor();
  const cart = await openCart(page);
  const button = cart.getByRole("button", { name: "Place order" });
  await expect.poll(() => button.getAttribute("aria-disabled")).toBe("true");
  await button.click({ force: true });
  await cart.getByText("We take no orders right now").waitFor();
  expect(posted.filter((url) => url.endsWith("/orders"))).toEqual([]);
});
