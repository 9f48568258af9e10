import { describe, expect, test } from "vitest";
import { violations } from "./axe.ts";
import type { Size } from "./browser.ts";
import { fillCart, headline, openCart, payLink, payWith, placeOrder } from "./guest.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

describe.each<[Size, "light" | "dark"]>([
  ["desktop", "light"],
  ["desktop", "dark"],
  ["phone", "light"],
  ["phone", "dark"],
])("on a %s, %s", (size, scheme) => {
  test("axe finds nothing on the way from the menu to a ready order", async () => {
    const { page } = await visit(size, scheme);
    await page.goto("/orders");
    await page.getByText("You have not ordered anything yet.").waitFor();
    expect(await violations(page)).toEqual([]);
    await fillCart(page);
    expect(await violations(page)).toEqual([]);
    await openCart(page);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await placeOrder(page);
    await payLink(page).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel order" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await payLink(page).click();
    await page.getByRole("button", { name: /^Pay/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goBack();
    await payWith(page, "Pay");
    await headline(page, /ready!/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "Your orders" }).click();
    await page.getByRole("button", { name: /^Order this again/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "Menu", exact: true }).click();
    await page.getByRole("region", { name: "Orders under way" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test("axe finds nothing where something went wrong", async () => {
    const { page, context } = await visit(size, scheme);
    await page.goto("/");
    // No link leads there, and typed into the address bar the server answers it.
    await page.evaluate("history.pushState(null, '', '/nowhere'); history.pushState(null, '', '/'); history.back()");
    await headline(page, "There is nothing here").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto("/orders/0193f6b2-0000-7000-8000-000000000000");
    await page.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await context.route("**/api/products", (route) => route.abort());
    await page.goto("/");
    await page.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
