import { describe, expect, test } from "vitest";
import type { Size } from "./browser.ts";
import { fillCart, headline, openCart, payLink, payWith, placeOrder } from "./guest.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

describe.each<Size>(["desktop", "phone"])("on a %s", (size) => {
  test("a guest orders, pays and sees it become ready, without loading the page again", async () => {
    const { page } = await visit(size);
    const dish = await fillCart(page);
    const cart = await openCart(page);
    // Two clicks are one order, as the list below shows.
    await cart.getByRole("button", { name: "Place order" }).dblclick();
    await page.waitForURL(/\/orders\/[^/]+$/);
    await payLink(page).waitFor();
    await page
      .getByRole("status")
      .filter({ hasText: /^Ready to pay/ })
      .waitFor({ state: "attached" });
    await payWith(page, "Pay");
    await headline(page, /ready!/).waitFor();

    const steps = page.getByRole("list").filter({ hasText: "Placed" }).getByRole("listitem");
    await expect.poll(() => steps.allInnerTexts()).toHaveLength(5);
    await expect.poll(() => steps.locator("time").count()).toBe(5);

    await page.reload();
    await headline(page, /ready!/).waitFor();
    await page.getByRole("link", { name: "Your orders" }).click();
    const orders = page.locator(".order-row");
    await orders.getByText("Ready").waitFor();
    await expect.poll(() => orders.allInnerTexts()).toEqual([expect.stringContaining(`2 × ${dish}`)]);
    await page.goBack();
    await headline(page, /ready!/).waitFor();
  });

  test("nothing is wider than the screen", async () => {
    const { page } = await visit(size);
    if (size === "phone") await page.setViewportSize({ width: 320, height: 640 });
    await fillCart(page);
    const width = () => page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    await expect.poll(width).toBeLessThanOrEqual(0);
    await placeOrder(page);
    await payLink(page).waitFor();
    await expect.poll(width).toBeLessThanOrEqual(0);
  });
});

test("leaving the payment page without paying is no harm, and the order can be cancelled", async () => {
  const { page } = await visit("phone");
  await fillCart(page);
  await placeOrder(page);
  await payWith(page, "Cancel");
  await headline(page, "Not paid yet").waitFor();
  await payLink(page).waitFor();
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await headline(page, "You cancelled this order").waitFor();
  await expect.poll(() => payLink(page).count()).toBe(0);
});

test("the cart survives a reload", async () => {
  const { page } = await visit("desktop");
  const dish = await fillCart(page);
  await page.reload();
  const cart = await openCart(page);
  await expect.poll(() => cart.getByRole("textbox", { name: `Quantity of ${dish}` }).inputValue()).toBe("2");
});

test("another guest's order is not found, and the way back is offered", async () => {
  const { page } = await visit("desktop");
  await page.goto("/orders/0193f6b2-0000-7000-8000-000000000000");
  await page
    .getByRole("alert")
    .getByText(/We can’t show #/)
    .waitFor();
});

test("a printed order is a receipt: what was ordered, when and for how much, and nothing to press", async () => {
  const { page } = await visit("desktop");
  const dish = await fillCart(page);
  await placeOrder(page);
  await payWith(page, "Pay");
  await headline(page, /ready!/).waitFor();
  await page.emulateMedia({ media: "print" });
  const controls = page.locator("button, nav");
  expect(await controls.count()).toBeGreaterThan(0);
  await expect.poll(() => controls.filter({ visible: true }).count()).toBe(0);
  const [printed] = await page.locator("main").allInnerTexts();
  expect(printed).toMatch(/Order #\w{6} · /);
  expect(printed).toContain(dish);
  expect(printed).toContain("Total");
});

test("in the dark the page is dark", async () => {
  const { page } = await visit("desktop", "dark");
  await page.goto("/");
  const ground = () =>
    page.locator("body").evaluate((body) => body.ownerDocument.defaultView?.getComputedStyle(body).backgroundColor);
  await expect.poll(ground).toBe("rgb(25, 20, 17)");
});
