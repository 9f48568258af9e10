import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { targetSize, violations } from "../../proof/e2e/axe.ts";
import type { Order, OrderStatus } from "./api/types.ts";
import { anOrder } from "./testing.ts";
import { guestVisits } from "./testingVisits.ts";

const { visit } = guestVisits({
  shop: { name: "Gasthaus zum fröhlichen Löffel", address: "Hauptstraße 1", phone: "", hours: [] },
});

const screens = [
  { width: 390, height: 844, colorScheme: "light" },
  { width: 820, height: 1180, colorScheme: "dark" },
  { width: 1280, height: 800, colorScheme: "light" },
] as const;

/** What axe objects to, and what scrolls sideways, on each of these screens. */
async function faultsOf(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const { width, height, colorScheme } of screens) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const by = await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    found.push(...(await violations(page, targetSize)).map((each) => `${where}, ${width} px, ${colorScheme}: ${each}`));
    if (by > 0) found.push(`${where}: ${by} px too wide at ${width}`);
  }
  return found;
}

const path: OrderStatus[] = ["pending", "waiting_for_payment", "paid", "cooking", "ready"];
const until = (status: OrderStatus) => path.slice(0, path.indexOf(status) + 1);
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const open = { expiresAt: inMinutes(20), createdAt: inMinutes(0) };
const link = { ...open, paymentLink: "https://pay.example/1" };

/** Every state of an order that a guest can meet: what the server answers, and the headline above it. */
const states: [headline: string, order: Order, query?: string][] = [
  ["Order placed", anOrder(until("pending"), open)],
  ["Your bill takes longer than it should", anOrder(until("pending"), { ...open, createdAt: inMinutes(-3) })],
  ["Ready to pay", anOrder(until("waiting_for_payment"), link)],
  ["The time to pay is up", anOrder(until("waiting_for_payment"), { ...link, expiresAt: inMinutes(-1) })],
  ["Confirming your payment", anOrder(until("waiting_for_payment"), link), "?payment=done"],
  ["Not paid yet", anOrder(until("waiting_for_payment"), link), "?payment=cancelled"],
  ["The kitchen is on it", anOrder(until("paid"), { estimatedReadyAt: inMinutes(12) })],
  ["Being cooked", anOrder(until("cooking"), { estimatedReadyAt: inMinutes(4) })],
  ["It’s ready!", anOrder(until("ready"), { guestName: "Zoë" })],
  ["You cancelled this order", anOrder(["pending", "cancelled"], { cancelReason: "customer" })],
  ["This order ran out of time", anOrder(["pending", "cancelled"], { cancelReason: "expired" })],
  ["The payment failed", anOrder(["pending", "cancelled"], { cancelReason: "payment_failed" })],
  ["Cancelled", anOrder([...until("paid"), "cancelled"], { cancelReason: "staff" })],
  ["Refunded", anOrder([...until("paid"), "refunded"])],
  ["Being delivered", anOrder([...until("ready"), "being_delivered"])],
];

/** Has the server answer with these orders; nothing of them moves. */
async function playOrders(page: Page, orders: readonly Order[]): Promise<void> {
  await page.unrouteAll();
  await page.route("**/events", () => {});
  await page.route("**/api/customers/*/orders?*", (route) => route.fulfill({ json: { orders } }));
  for (const order of orders)
    await page.route(`**/api/customers/*/orders/${order.id}`, (route) => route.fulfill({ json: order }));
}

test("in every state an order's page has its headline, nothing for axe, and no way sideways", async () => {
  const page = await visit("desktop", "en");
  const found: string[] = [];
  for (const [headline, order, query = ""] of states) {
    await playOrders(page, [order]);
    await page.goto(`/orders/${order.id}${query}`);
    await page.getByRole("heading", { level: 1, name: headline }).waitFor();
    found.push(...(await faultsOf(page, headline)));
  }
  expect(found).toEqual([]);
}, 240_000);

test("all of them stand in the list, and those that are over can be had again", async () => {
  const page = await visit("desktop", "en");
  await playOrders(
    page,
    states.map(([, order], index) => ({ ...order, id: `0193f6b2-0000-7000-8000-0000000000${index + 10}` })),
  );
  await page.goto("/orders");
  await expect.poll(() => page.locator(".order-row").count()).toBe(states.length);
  await expect.poll(() => page.getByRole("button", { name: /^Order this again/ }).count()).toBe(6);
  expect(await faultsOf(page, "list")).toEqual([]);
});

test("a menu without a dish is no dead end that leads to itself, and a picture that does not come is a drawing", async () => {
  const page = await visit("desktop", "en");
  const answer = { products: [] as object[], shop: { closed: true, sentence: "Back at five." } };
  await page.route("**/api/products", (route) => route.fulfill({ json: answer }));
  await page.goto("/");
  await page.getByText("Back at five.").waitFor();
  await expect.poll(() => page.locator(".empty").count()).toBe(1);
  expect(await page.locator(".empty a").count()).toBe(0);
  expect(await faultsOf(page, "no dishes")).toEqual([]);
  const unitPrice = { amount: 690, currency: "eur" };
  const soup = {
    id: "soup",
    name: "Soup",
    description: "Hot.",
    category: "Starters",
    emoji: "",
    available: 0,
    unitPrice,
  };
  answer.products.push({ ...soup, image: "/no/such.png" });
  await page.reload();
  await page.locator(".card img.picture:not(.photo)").waitFor();
  expect(await faultsOf(page, "sold out")).toEqual([]);
});
