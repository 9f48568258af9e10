import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openCart } from "./guest.ts";
import { serveMenu } from "./menuOf.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

const dishes = Array.from({ length: 51 }, (_, index) => ({ id: `dish-${index}`, name: `Dish ${index}` }));

/** Starts with a cart of the first so many dishes. */
async function withCart(page: Page, lines: number): Promise<void> {
  const cart = JSON.stringify(dishes.slice(0, lines).map(({ id }) => [id, 1]));
  await page.addInitScript(`localStorage.getItem("gorder.cart") ?? localStorage.setItem("gorder.cart", '${cart}')`);
  await page.goto("/");
}

/** Whether all of it is inside the window and nothing lies over it. */
function isInView(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const root = element.ownerDocument;
    const { innerHeight, innerWidth } = root.defaultView ?? { innerHeight: 0, innerWidth: 0 };
    const over = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && element.contains(over);
  });
}

test.each([
  ["phone", 390, 844],
  ["small phone", 320, 568],
  ["desktop", 1280, 800],
  ["desktop at 200 % zoom", 640, 400],
  ["large desktop at 200 % zoom", 960, 540],
])("with six and with fifty lines total and button are in view on a %s", async (_, width, height) => {
  for (const lines of [6, 50]) {
    // The sheet rises, and is measured where it comes to rest.
    const { page, context } = await visit("desktop", "light", { reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    await serveMenu(context, dishes);
    await withCart(page, lines);
    const cart = await openCart(page);
    const seen = async () => [
      await isInView(cart.getByRole("button", { name: "Place order" })),
      await isInView(cart.locator(".cart-total .price")),
    ];
    await expect.poll(seen).toEqual([true, true]);
    await cart
      .getByRole("button", { name: /^Remove/ })
      .last()
      .focus();
    await expect.poll(seen).toEqual([true, true]);
    await expect.poll(() => isInView(cart.getByRole("button", { name: /^Remove/ }).last())).toBe(true);
  }
});

test("a 51st dish is not taken, and it is said where it was wanted and to screen readers", async () => {
  const { page, context } = await visit("desktop");
  await serveMenu(context, dishes);
  await withCart(page, 50);
  await page.getByRole("button", { name: "Add Dish 50" }).click();
  const card = page.locator(".card").last();
  await card.getByText("50 different dishes are the most").waitFor();
  await page.getByRole("status").filter({ hasText: "Dish 50 was not added" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Remove Dish 0" }).click();
  await page.getByRole("button", { name: "Add Dish 50" }).click();
  await expect.poll(() => card.getByRole("textbox").inputValue()).toBe("1");
});

test("who types more than there can be is told how many there are", async () => {
  const { page, context } = await visit("phone");
  await serveMenu(context, [{ id: "soup" }, { id: "cake", available: 7 }, { id: "bread", available: 0 }]);
  await page.goto("/");
  const limits = { soup: ["99", "99 of one dish are the most"], cake: ["7", "Only 7 left."] } as const;
  for (const [dish, [most, words]] of Object.entries(limits)) {
    await page.getByRole("button", { name: `Add ${dish}` }).click();
    const field = page.getByRole("textbox", { name: `Quantity of ${dish}` });
    await field.fill("500");
    await field.blur();
    await expect.poll(() => field.inputValue()).toBe(most);
    await page.locator(".card").filter({ hasText: dish }).getByText(words).waitFor();
  }
  await page.locator(".card").filter({ hasText: "bread" }).getByText("Sold out").waitFor();
  expect(await page.locator(".card").filter({ hasText: "bread" }).getByRole("button").count()).toBe(0);
});
