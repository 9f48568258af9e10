import type { Locator, Page } from "playwright-core";

/** Puts two of the first dish that can be had into the cart; returns its name. */
export async function fillCart(page: Page): Promise<string> {
  await page.goto("/");
  const add = page.getByRole("button", { name: /^Add /, disabled: false }).first();
  const name = ((await add.getAttribute("aria-label")) ?? "").replace("Add ", "");
  await add.click();
  await page
    .getByRole("button", { name: `One more ${name}` })
    .first()
    .click();
  return name;
}

/** The place where the cart is: beside the menu, or on a phone in a sheet that has to be opened. */
export async function openCart(page: Page): Promise<Locator> {
  const open = page.getByRole("button", { name: /View cart/ });
  const aside = page.getByRole("complementary", { name: "Your cart" });
  await open.or(aside).first().waitFor();
  if (await aside.isVisible()) return aside;
  await open.click();
  return page.getByRole("dialog", { name: "Your cart" });
}

/** Orders what is in the cart, and is then on the order's page. */
export async function placeOrder(page: Page): Promise<void> {
  await (await openCart(page)).getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
}

/** The link that leads to the payment page. */
export function payLink(page: Page): Locator {
  return page.getByRole("link", { name: /^Pay / });
}

/** Goes to the payment page, presses one of its buttons there, and comes back. */
export async function payWith(page: Page, button: "Pay" | "Cancel"): Promise<void> {
  await payLink(page).click();
  await page.getByRole("button", { name: new RegExp(`^${button}`) }).click();
  await page.waitForURL(/\/orders\/[^/?]+$/);
}

/** What the page says first. */
export function headline(page: Page, text: RegExp | string): Locator {
  return page.getByRole("heading", { level: 1, name: text });
}
