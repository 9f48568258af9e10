import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { tabTo } from "./browser.ts";
import { headline, payLink } from "./guest.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

const hasFocus = (locator: Locator) => locator.evaluate((element) => element === element.ownerDocument.activeElement);

test("everything from the menu to a ready order can be done with the keyboard alone", async () => {
  const { page } = await visit("desktop");
  await page.goto("/");
  await tabTo(page, page.getByRole("link", { name: "Skip to content" }));
  await page.keyboard.press("Enter");
  const add = page.getByRole("button", { name: /^Add /, disabled: false }).first();
  const dish = ((await add.getAttribute("aria-label")) ?? "").replace("Add ", "");
  await tabTo(page, add);
  await page.keyboard.press("Enter");
  // The button became a stepper; the focus went with it.
  await expect.poll(() => hasFocus(page.getByRole("button", { name: `One more ${dish}` }).first())).toBe(true);
  await page.keyboard.press("Enter");
  const cart = page.getByRole("complementary", { name: "Your cart" });
  await expect.poll(() => cart.getByRole("textbox", { name: `Quantity of ${dish}` }).inputValue()).toBe("2");
  await tabTo(page, cart.getByRole("button", { name: "Place order" }));
  await page.keyboard.press("Enter");

  await page.waitForURL(/\/orders\/[^/]+$/);
  await payLink(page).waitFor();
  await expect.poll(() => hasFocus(page.getByRole("heading", { level: 1 }))).toBe(true);
  await tabTo(page, payLink(page));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: /^Pay/ }));
  await page.keyboard.press("Enter");
  await headline(page, /ready!/).waitFor();
});

test("the question before cancelling keeps the focus, and Escape gives it back", async () => {
  const { page } = await visit("phone");
  await page.goto("/");
  await tabTo(page, page.getByRole("button", { name: /^Add /, disabled: false }).first());
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: /View cart/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Place order" }));
  await page.keyboard.press("Enter");
  await payLink(page).waitFor();

  const cancel = page.getByRole("button", { name: "Cancel order" });
  await tabTo(page, cancel);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Cancel this order?" });
  await dialog.waitFor();
  const holdsFocus = () => dialog.evaluate((element) => element.contains(element.ownerDocument.activeElement));
  await expect.poll(holdsFocus).toBe(true);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await expect.poll(() => hasFocus(cancel)).toBe(true);
  await page.keyboard.press("Enter");
  await tabTo(page, dialog.getByRole("button", { name: "Cancel the order" }));
  await page.keyboard.press("Enter");
  await headline(page, "You cancelled this order").waitFor();
  await expect.poll(() => hasFocus(page.getByRole("heading", { level: 1 }))).toBe(true);
});
