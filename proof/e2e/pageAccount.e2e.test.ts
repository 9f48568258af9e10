import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { fillCart, headline, payLink, payWith, placeOrder } from "./guest.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

/** Signs in at the provider for development, from wherever the page is, and comes back there. */
async function signIn(page: Page, name: string): Promise<void> {
  const here = page.url();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name }).click();
  await page.waitForURL(here);
  await page.getByRole("link", { name: "Sign out" }).waitFor();
}

test("a guest orders, signs in where they are, and pays in another browser, which shows the order too", async () => {
  const { page: phone } = await visit("phone");
  await fillCart(phone);
  await placeOrder(phone);
  await payLink(phone).waitFor();
  const path = new URL(phone.url()).pathname;
  await signIn(phone, "Greta Guest");
  await payLink(phone).waitFor();

  const { page: desktop } = await visit("desktop");
  await desktop.goto("/orders");
  await signIn(desktop, "Greta Guest");
  await desktop.locator(`.order-row a[href="${path}"], a.order-row[href="${path}"]`).click();
  await payWith(desktop, "Pay");
  await headline(desktop, /ready!/).waitFor();
  await headline(phone, /ready!/).waitFor();
});

test("who signs out is a guest again, who sees nothing of the account", async () => {
  const { page } = await visit("desktop");
  await fillCart(page);
  await placeOrder(page);
  await payLink(page).waitFor();
  const order = page.url();
  await signIn(page, "Gus Guest");
  await page.getByRole("link", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).waitFor();
  await page.goto("/orders");
  await page.getByRole("link", { name: "Sign in" }).waitFor();
  await page.getByText("You have not ordered anything yet.").waitFor();
  expect(await page.locator(".order-row").count()).toBe(0);
  await page.goto(order);
  await page
    .getByText(/We can.t show/)
    .first()
    .waitFor();
});
