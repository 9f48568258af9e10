import type { BrowserContext } from "playwright-core";

/** A dish with some part of it told. */
export type Dish = { id: string; name?: string; category?: string; available?: number; currency?: string };

/** Lets a guest's browser see a menu of these dishes in place of the shop's own. */
export async function serveMenu(context: BrowserContext, dishes: readonly Dish[]): Promise<void> {
  const products = dishes.map(({ id, name = id, category = "Mains", available = 200, currency = "eur" }) => ({
    id,
    name,
    description: `${name}, as it should be.`,
    category,
    emoji: "",
    unitPrice: { amount: 139_050, currency },
    available,
  }));
  await context.route("**/api/products", (route) => route.fulfill({ json: { products } }));
}
