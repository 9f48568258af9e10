import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { DishSchema } from "#common/genproto/stock/v1/staff_pb";
import { staffVisits } from "./testing/visits.ts";

const visit = staffVisits();

test("two who change one dish: the second hears what changed, and saves on top of it", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Change Margherita" }).click();
  const dialog = page.getByRole("dialog", { name: "Change Margherita" });
  await dialog.getByLabel("Price in EUR").fill("11.90");
  await dialog.getByRole("button", { name: "A new price" }).click();
  const dish = state.dishes.find(({ productId }) => productId === "margherita");
  if (dish) Object.assign(dish, { name: "Margherita DOC", version: 2n });
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Olga Owner changed it meanwhile").waitFor();
  await dialog.getByText("Margherita DOC").waitFor();
  await expect.poll(() => dialog.getByLabel("Price in EUR").inputValue()).toBe("11.90");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Change Margherita DOC" }).waitFor();
  const saved = state.dishes.find(({ productId }) => productId === "margherita");
  expect([saved?.name, saved?.unitPrice?.amount, saved?.version]).toEqual(["Margherita DOC", 1190n, 3n]);
});

test.each(["New dish", "Change Margherita", "Stock of Margherita"])(
  "who leaves a question with Escape is back at the button that asked it: %s",
  async (name) => {
    const { page } = await visit();
    await page.goto("/staff/menu");
    const opener = page.getByRole("button", { name, exact: true });
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => opener.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
  },
);

test("a dish is said in another language for guests who read it, and its other words stay", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Change Margherita" }).click();
  const dialog = page.getByRole("dialog", { name: "Change Margherita" });
  await dialog.getByText("In other languages").click();
  await dialog.getByLabel("Category in German").fill("Pizzen");
  await dialog.getByRole("button", { name: "A better description" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  const saved = state.dishes.find(({ productId }) => productId === "margherita");
  expect(saved).toMatchObject({ name: "Margherita", translations: { de: { name: "", category: "Pizzen" } } });
  expect(saved?.translations).not.toHaveProperty("en");
});

test("who changes a text of a dish is told which translation is dropped with it, as long as it is changed", async () => {
  const { page, state } = await visit();
  const dish = state.dishes.find(({ productId }) => productId === "margherita");
  if (dish) dish.translations = create(DishSchema, { translations: { de: { name: "Pizza Margherita" } } }).translations;
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Change Margherita" }).click();
  const dialog = page.getByRole("dialog", { name: "Change Margherita" });
  const hint = dialog.getByText("Dropped with the text that it translates: Name in German.");
  await dialog.getByLabel("Name", { exact: true }).fill("Margherita DOC");
  await hint.waitFor();
  await dialog.getByLabel("Name", { exact: true }).fill("Margherita");
  await hint.waitFor({ state: "detached" });
});

test("a new dish gets an id of its name, and a price that the provider refuses is told in words", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "New dish" }).click();
  const dialog = page.getByRole("dialog", { name: "A new dish" });
  await dialog.getByLabel("Name").fill("Crème brûlée <img onerror=alert(1)>");
  await dialog.getByLabel("Price in EUR").fill("0.10");
  await dialog.getByRole("button", { name: "New on the menu" }).click();
  await dialog.getByRole("button", { name: "Make it" }).click();
  await dialog.getByText("the least that the provider takes").waitFor();
  await dialog.getByLabel("Price in EUR").fill("7.50");
  await dialog.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("heading", { name: "Crème brûlée <img onerror=alert(1)>" }).waitFor();
  expect(state.dishes.at(-1)?.productId).toBe("creme-brulee-img-onerror-alert-1");
});

test("stock is added and counted, each with a reason, and never below what is reserved", async () => {
  const { page, state } = await visit();
  const dish = state.dishes.find(({ productId }) => productId === "diavola");
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Stock of Diavola" }).click();
  const dialog = page.getByRole("dialog", { name: "Stock of Diavola" });
  await dialog.getByLabel("Units to add").fill("20");
  await dialog.getByText("Then 24 are available.").waitFor();
  await dialog.getByRole("button", { name: "Delivery" }).click();
  await dialog.getByRole("button", { name: "Restock", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  expect(dish?.available).toBe(24);
  await page.getByRole("button", { name: "Stock of Diavola" }).click();
  await dialog.getByRole("button", { name: "So many in all" }).click();
  await dialog.getByLabel("Units there are").fill("1");
  await dialog.getByRole("button", { name: "Counted" }).click();
  await dialog.getByRole("button", { name: "Set the count" }).click();
  await dialog.getByText("2 units are reserved: there cannot be fewer").waitFor();
});

test("a delivery whose answer is lost is added once, and the same delivery later is another one", async () => {
  const { page, context, state } = await visit();
  const dish = state.dishes.find(({ productId }) => productId === "diavola");
  const dialog = page.getByRole("dialog", { name: "Stock of Diavola" });
  const restock = dialog.getByRole("button", { name: "Restock", exact: true });
  const ask = async () => {
    await page.getByRole("button", { name: "Stock of Diavola" }).click();
    await dialog.getByLabel("Units to add").fill("20");
    await dialog.getByRole("button", { name: "Delivery" }).click();
    await restock.click();
  };
  await page.goto("/staff/menu");
  await context.route("**/MoveStock", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await ask();
  await dialog.getByRole("alert").getByText("No connection").waitFor();
  await context.unroute("**/MoveStock");
  await restock.click();
  await dialog.waitFor({ state: "hidden" });
  expect(dish?.available).toBe(24);
  await ask();
  await dialog.waitFor({ state: "hidden" });
  expect(dish?.available).toBe(44);
});

test("the shop is closed with a sentence, and opened again", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Close it" }).click();
  const dialog = page.getByRole("dialog", { name: "Close the shop?" });
  await dialog.getByLabel("What guests read").fill("Back on Friday at six.");
  await dialog.getByRole("button", { name: "The evening is over" }).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await page.getByText("Guests read: “Back on Friday at six.”").waitFor();
  expect(state.shop).toMatchObject({ closed: true, sentence: "Back on Friday at six." });
  await page.getByRole("button", { name: "Open it" }).click();
  await page.getByRole("button", { name: "A new evening" }).click();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText("The shop is open").first().waitFor();
});

test("a category comes one place earlier", async () => {
  const { page } = await visit();
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Earlier: Pizza before Starters" }).click();
  await page.getByRole("button", { name: "A better order" }).click();
  await page.getByRole("button", { name: "Move it" }).click();
  await expect
    .poll(() => page.locator("main h2").allInnerTexts())
    .toEqual(["Pizza", "Starters", "Mains", "Desserts", "Drinks"]);
});

test("money that was put aside is given back or dismissed, with a note", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/money");
  await page.getByRole("button", { name: "Dismiss" }).last().click();
  await page.getByRole("button", { name: "A test" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Dismiss" }).click();
  await expect.poll(() => page.getByRole("button", { name: "Give it back" }).count()).toBe(1);
  expect(state.money.putAside.map(({ eventId }) => eventId)).toEqual(["evt_1"]);
});

test("dead letters are read, sent again one by one, and discarded all at once", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/trouble");
  const queue = page.getByRole("region", { name: "dlq-payment-order.created" });
  await queue.getByText("What it says").first().click();
  await queue.getByText('"id": "event-1"').waitFor();
  await queue.getByRole("checkbox").nth(1).check();
  await queue.getByRole("button", { name: "Send 1 letter again" }).click();
  await page.getByRole("button", { name: "The cause is mended" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await queue.getByRole("button", { name: "Discard all 2 letters" }).click();
  expect(state.queues[0]?.letters.map(({ eventId }) => eventId)).toEqual(["event-1", "event-3"]);
  await page.getByRole("button", { name: "Of no use any more" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard all 2 letters" }).click();
  await queue.waitFor({ state: "detached" });
});

test("an order that is stuck is announced again, and what was found leads to its order", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/trouble");
  const stuck = page.getByRole("region", { name: "Stuck orders" });
  await stuck.getByText("stuck: giving money back").waitFor();
  await stuck.getByRole("button", { name: "Announce again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Announce" }).click();
  await stuck.getByText("everything that was to be done is done").waitFor();
  const found = page.getByRole("region", { name: "What the caretaker found" });
  await found.getByText("The provider refuses to give the money back").waitFor();
  await found.getByRole("link", { name: "To the order" }).last().click();
  await page.waitForURL(`**/orders/${state.orders[1]?.order.id}`);
});

test("the books of the last hour agree, or say what does not fit", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/trouble");
  const books = page.getByRole("region", { name: "The books of the last hour" });
  await books.getByText("They agree").waitFor();
  await books.getByText("The units of 24 dishes, and 118 orders").waitFor();
  const fault = "#C42BB4 is cancelled, and 3.00 EUR of it stayed here";
  Object.assign(state.books, { faults: [fault], cut: true });
  await page.reload();
  await books.getByText("1 thing does not fit").waitFor();
  await books.getByText(fault).waitFor();
  await books.getByText("the newest 118 orders").waitFor();
});

test("the audit is searched by who, and a refusal stands out with its reason", async () => {
  const { page } = await visit();
  await page.goto("/staff/audit");
  await page.getByLabel("Who").fill("carl");
  await page.getByRole("button", { name: "Search" }).click();
  await expect.poll(() => page.locator(".act").count()).toBe(1);
  await page.getByText("Refused: 9.90 EUR is more than the 3.80 EUR that are left").waitFor();
});

test("the evening's takings can be carried away as a table", async () => {
  const { page } = await visit();
  await page.goto("/staff/takings?day=2026-11-28");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "As a table (CSV)" }).click(),
  ]);
  expect(new URL(download.url()).searchParams.get("from")).toBe(new Date(2026, 10, 28).toISOString());
});
