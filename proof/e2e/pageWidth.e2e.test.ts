import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openCart } from "./guest.ts";
import { serveMenu } from "./menuOf.ts";
import { guestVisits } from "./visits.ts";

const visit = guestVisits();

const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(2);
const widths = [320, 360, 390, 480, 640, 820, 960, 1024, 1280, 1440, 1920];
const [large, normal] = ["html { font-size: 200% }", "html { font-size: 100% }"];

/** Where the page can be scrolled sideways: "width at text size: by so many pixels". */
async function tooWide(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const size of [normal, large]) {
      await page.addStyleTag({ content: size }).then((tag) => tag.dispose());
      const by = await page.locator("html").evaluate((root) => {
        const inner = [root, ...root.ownerDocument.querySelectorAll("dialog, .cart-aside")];
        return Math.max(...inner.map((box) => box.scrollWidth - box.clientWidth));
      });
      if (by > 0) found.push(`${width} px at ${size}: by ${by}`);
    }
  }
  await page.addStyleTag({ content: normal });
  return found;
}

/** The page's policy forbids what changes the text size here. */
const bypassed = { bypassCSP: true };

test("no name, no width and no text size scrolls the page sideways", async () => {
  const { page, context } = await visit("desktop", "light", bypassed);
  await serveMenu(context, [
    { id: "long", name: word, category: word },
    { id: "soldout", name: `Sold ${word}`, available: 0 },
    { id: "few", name: `Few ${word}`, available: 3 },
    { id: "plain", name: "Soup" },
  ]);
  await context.route("**/api/customers/*/orders?*", (route) => route.fulfill({ json: { orders: [anOrder] } }));
  await context.route(`**/orders/${anOrder.id}`, (route) =>
    route.request().isNavigationRequest() ? route.continue() : route.fulfill({ json: anOrder }),
  );
  await page.goto("/");
  await page.getByRole("button", { name: `Add ${word}` }).click();
  await page.getByRole("button", { name: `Add Few ${word}` }).click();
  await page.getByText("Being cooked").waitFor();
  expect(await tooWide(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  await openCart(page);
  expect(await tooWide(page)).toEqual([]);
  for (const path of ["/orders", `/orders/${anOrder.id}`]) {
    await page.goto(path);
    await page.getByText(word).first().waitFor();
    expect(await tooWide(page)).toEqual([]);
  }
});

test("on a phone the header is one row, however long the shop's name is", async () => {
  const { page, context } = await visit("phone");
  const shop = { name: "Trattoria e Pizzeria Da Carla am Alten Markt", hours: [] };
  await context.route("**/api/shop", (route) => route.fulfill({ json: shop }));
  const header = page.locator(".header");
  // Rows of 44 px, and what is around them.
  const rows = async () => Math.floor(((await header.boundingBox())?.height ?? 0) / 44);
  for (const [path, elsewhere] of [
    ["/?lang=de", "Deine Bestellungen"],
    ["/orders", "Karte"],
    [`/orders/${anOrder.id}`, "Deine Bestellungen"],
  ] as const) {
    await page.goto(path);
    // Beside the way to sign in there may be room for the bowl alone.
    await page.getByText(shop.name).first().waitFor({ state: "attached" });
    await header.getByRole("link", { name: elsewhere, exact: true }).waitFor();
    await expect.poll(rows).toBe(1);
  }
});

const at = new Date().toISOString();
const anOrder = {
  id: "0193f6b2-0000-7000-8000-0000000000aa",
  status: "cooking",
  items: [{ productId: "long", name: word, quantity: 99, unitPrice: { amount: 139_050, currency: "eur" } }],
  total: { amount: 13_765_950, currency: "eur" },
  expiresAt: at,
  createdAt: at,
  updatedAt: at,
  version: 4,
  history: ["pending", "waiting_for_payment", "paid", "cooking"].map((status) => ({ status, at, by: "customer" })),
};
