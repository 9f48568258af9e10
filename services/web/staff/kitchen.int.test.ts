import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import { anOrder } from "./testing/orders.ts";
import type { FakeState } from "./testing/state.ts";
import { type Size, staffVisits } from "./testing/visits.ts";

const visit = staffVisits();

const column = (page: Page, name: string) => page.locator(`[data-column=${name}]`);
const oldest = (state: FakeState) => `#${state.orders[7]?.number}`;
const acts = (state: FakeState, name: string) => state.calls.filter((call) => call === name).length;

/** On a phone one column is in view, and the others are a touch away. */
async function show(page: Page, size: Size, name: RegExp) {
  if (size === "phone") await page.getByRole("group", { name: "What is shown" }).getByRole("button", { name }).click();
}

describe.each<Size>(["tablet", "phone"])("on a %s", (size) => {
  test("one touch takes the oldest ticket, one finishes it, and one takes it back", async () => {
    const { page, state } = await visit({ size });
    await page.goto("/staff/");
    const first = column(page, "waiting").locator(".ticket").first();
    await first.getByRole("heading", { name: oldest(state) }).waitFor();
    await first.getByRole("button", { name: `Take ${oldest(state)}` }).click();
    await show(page, size, /Cooking/);
    await column(page, "cooking")
      .getByRole("button", { name: `Finish ${oldest(state)}` })
      .click();
    await show(page, size, /Finished/);
    await column(page, "finished")
      .getByRole("button", { name: `Take ${oldest(state)} back` })
      .click();
    await show(page, size, /Cooking/);
    await column(page, "cooking")
      .getByRole("heading", { name: oldest(state) })
      .waitFor();
    await expect.poll(() => state.orders[7]?.order.status).toBe(OrderStatus.COOKING);
  });

  test("everything on a ticket can be touched with wet fingers: it is 56 pixels high or more", async () => {
    const { page } = await visit({ size });
    await page.goto("/staff/");
    for (const name of [/Waiting/, /Cooking/, /Finished/]) {
      await show(page, size, name);
      const buttons = page.locator(".ticket button:visible");
      await page.locator(".ticket:visible").first().waitFor();
      for (const button of await buttons.all()) expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(56);
    }
  });
});

test("a double click is one act", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/");
  await page.getByRole("button", { name: `Take ${oldest(state)}` }).dblclick();
  await column(page, "cooking")
    .getByRole("heading", { name: oldest(state) })
    .waitFor();
  await expect.poll(() => acts(state, "TakeTicket")).toBe(1);
});

test("dishes are ticked off one by one, and off again", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/");
  const dish = column(page, "cooking")
    .getByRole("button", { name: /× Miso ramen of .* done/, pressed: false })
    .first();
  await dish.click();
  const ticked = column(page, "cooking").getByRole("button", { name: /× Miso ramen of .* done/, pressed: true });
  await ticked.click();
  await dish.waitFor();
  await expect.poll(() => acts(state, "TickDish")).toBe(2);
});

test("a dish is marked sold out where it is missed, after a question", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/");
  await page.getByRole("button", { name: "No more Diavola: mark it sold out" }).first().click();
  const dialog = page.getByRole("dialog", { name: "No more Diavola tonight?" });
  await dialog.getByRole("button", { name: "Sold out" }).click();
  await dialog.waitFor({ state: "hidden" });
  expect(state.dishes.find(({ productId }) => productId === "diavola")?.soldOut).toBe(true);
});

test("what another cook has taken is refused in the server's words, on the ticket", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/");
  const take = page.getByRole("button", { name: `Take ${oldest(state)}` });
  await take.waitFor();
  const ticket = state.orders[7]?.ticket;
  if (ticket) ticket.status = OrderStatus.COOKING;
  await take.click();
  await page.getByRole("alert").getByText("another cook was quicker with this ticket").waitFor();
});

test("a lost connection is said at once, the tickets stay, and what was missed is caught up", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/");
  await column(page, "waiting")
    .getByRole("heading", { name: oldest(state) })
    .waitFor();
  state.board = "down";
  state.changed();
  await page.getByRole("alert").getByText("Connection lost").waitFor();
  await column(page, "waiting")
    .getByRole("heading", { name: oldest(state) })
    .waitFor();
  const missed = anOrder(500, OrderStatus.PAID, 0, state.dishes, state.now());
  state.orders.push(missed);
  state.board = "flows";
  await column(page, "waiting")
    .getByRole("heading", { name: `#${missed.number}` })
    .waitFor();
  await expect.poll(() => page.getByText("Connection lost").count()).toBe(0);
});

test("a kitchen whose board could not be read is not told that nobody waits", async () => {
  const { page } = await visit({ arrange: (state) => Object.assign(state, { board: "down" }) });
  await page.goto("/staff/");
  await page.getByText("The board could not be read.").waitFor();
  expect(await page.getByText("Nobody waits.").count()).toBe(0);
  expect(await page.locator(".kitchen .count").count()).toBe(0);
});

test("by keyboard: arrows go from card to card, Enter takes, and the focus goes to the neighbour", async () => {
  const { page, state } = await visit({ size: "desktop" });
  await page.goto("/staff/");
  const numbers = [7, 5].map((index) => `#${state.orders[index]?.number}`);
  await page.getByRole("button", { name: `Take ${numbers[0]}` }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await column(page, "cooking")
    .getByRole("heading", { name: numbers[0] ?? "" })
    .waitFor();
  const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label')");
  await expect.poll(focused).toBe(`Take ${numbers[1]}`);
  await page.keyboard.press("ArrowRight");
  await expect.poll(focused).toMatch(/^Finish/);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(focused).toBe(`Take ${numbers[1]}`);
});

test("with 300 open tickets, a touch changes the card that was touched and no other", async () => {
  const { page, state } = await visit({
    arrange: (state) => {
      const many = Array.from({ length: 300 }, (_, index) =>
        anOrder(index, index % 3 ? OrderStatus.PAID : OrderStatus.COOKING, index / 10, state.dishes, state.now()),
      );
      state.orders.splice(0, state.orders.length, ...many);
    },
  });
  await page.goto("/staff/");
  await page.locator(".ticket").nth(299).waitFor({ state: "attached" });
  await page.evaluate(`
    globalThis.touched = new Set();
    const seen = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".ticket");
    // The minutes of any card may go on meanwhile.
    new MutationObserver((changes) => changes
      .filter(({ type }) => type !== "characterData")
      .forEach(({ target }) => seen(target) && touched.add(seen(target))))
      .observe(document.querySelector(".board"), { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-pressed"] });
  `);
  const card = column(page, "cooking").locator(".ticket").first();
  await card.locator(".dish-tick").first().click();
  await card.locator(".dish-tick[aria-pressed=true]").first().waitFor();
  expect(await page.evaluate("touched.size")).toBe(1);
  expect(state.orders).toHaveLength(300);
});
