import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { faultsOf } from "../tools/ledger/faults.ts";
import { findProgram } from "../tools/programs/ensure.ts";
import { launch, openWindow } from "./browser.ts";
import { answer, turnTo, workAt } from "./counter.ts";
import { headline, payWith, placeOrder } from "./guest.ts";
import { type OwnStack, startOwnStack } from "./ownStack.ts";
import { newRequestId, signIn } from "./staffMember.ts";

let house: OwnStack;
let browser: Browser;

beforeAll(async () => {
  house = await startOwnStack({ KITCHEN_MODE: "board", LOG_LEVEL: "warn" });
  browser = await launch((await findProgram("chromium")) ?? "chromium");
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await house?.end();
}, 60_000);

const wait = { timeout: 20_000 };

/** The menu as guests have it. */
async function dishes() {
  const answer = await fetch(`${house.orderUrl}/api/products`);
  const { products } = (await answer.json()) as { products: { id: string; name: string; available: number }[] };
  return products;
}

/** A guest's order of one dish, paid, in a window that shows how it goes on. */
async function order(dish: string) {
  const { page } = await openWindow(browser, house.orderUrl, "phone");
  await page.goto("/");
  await page
    .getByRole("button", { name: `Add ${dish}` })
    .first()
    .click();
  await placeOrder(page);
  const orderId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await payWith(page, "Pay");
  const number = `#${orderId.replaceAll("-", "").slice(-6).toUpperCase()}`;
  return { page, orderId, number };
}

test("an evening from opening to closing: opened, ordered, cooked, sold out, restocked, refunded, and all of it in the audit", async () => {
  const [dish, other] = ["Caesar salad", "Pan-fried gyoza"];
  const owner = await workAt(browser, house.staffUrl, "Olga Owner");
  await turnTo(owner, "Menu");
  await owner.getByRole("button", { name: "Close it" }).click();
  await owner.getByLabel("What guests read").fill("We open at six.");
  await answer(owner, "Before the evening", "Close");
  const { page: early } = await openWindow(browser, house.orderUrl, "phone");
  await early.goto("/");
  await early.getByText("We open at six.").waitFor();
  await owner.getByRole("button", { name: "Open it" }).click();
  await answer(owner, "A new evening", "Open");
  await owner.getByText("Guests can order.").waitFor();

  const cook = await workAt(browser, house.staffUrl, "Carla Cook");
  const guest = await order(dish);
  await turnTo(cook, "Kitchen");
  await cook.getByRole("button", { name: `Take ${guest.number}` }).click();
  await headline(guest.page, /cook/i).waitFor();
  await cook.getByRole("button", { name: `1 × ${dish} of ${guest.number} done` }).click();
  await cook.getByRole("button", { name: `Finish ${guest.number}` }).click();
  await headline(guest.page, /ready!/).waitFor();

  await cook.getByRole("button", { name: `No more ${dish}: mark it sold out` }).click();
  await cook.getByRole("dialog").getByRole("button", { name: "Sold out" }).click();
  const card = early.locator("li, article").filter({ has: early.getByRole("heading", { name: dish }) });
  await expect
    .poll(async () => {
      await early.reload();
      return card.getByText("Sold out").count();
    }, wait)
    .toBeGreaterThan(0);
  await owner.reload();
  await turnTo(owner, "Menu");
  await owner.getByText("Sold out tonight").waitFor();
  await owner.getByRole("button", { name: `${dish} sold out` }).click();
  await owner.getByText("Sold out tonight").waitFor({ state: "detached" });
  await owner.getByRole("button", { name: `Stock of ${other}` }).click();
  await owner.getByLabel("Units to add").fill("20");
  await answer(owner, "A delivery", "Restock");
  await expect.poll(async () => (await dishes()).find(({ name }) => name === other)?.available, wait).toBe(220);

  await turnTo(owner, "Orders");
  await owner.getByLabel("Number").fill(guest.number);
  await owner.keyboard.press("Enter");
  await owner.getByRole("link", { name: new RegExp(guest.number) }).click();
  await owner.getByRole("button", { name: "Give money back" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("A hair in it");
  await dialog.getByRole("button", { name: /^Give back/ }).dblclick();
  await dialog.waitFor({ state: "hidden" });
  await headline(guest.page, /refunded|back/i).waitFor();

  await turnTo(owner, "Takings");
  await owner.getByRole("row", { name: /^Card 1 €9.80 €9.80/ }).waitFor();
  await turnTo(owner, "Money");
  await turnTo(owner, "Trouble");
  await owner.getByText("They agree").waitFor();
  await turnTo(owner, "Audit");
  for (const said of [
    "closed the shop",
    "opened the shop",
    "took the ticket",
    "ticked a dish",
    "finished the ticket",
    "marked the dish sold out",
    "set the dish back on the menu",
    "restocked the dish",
    "gave money back",
  ])
    await expect.poll(() => owner.locator(".act").filter({ hasText: said }).count(), { message: said }).toBe(1);
  await owner.getByText("“A hair in it”").waitFor();

  await turnTo(owner, "Menu");
  await owner.getByRole("button", { name: "Close it" }).click();
  await answer(owner, "The evening is over", "Close");
  await expect.poll(async () => faultsOf(await house.books.read()), wait).toEqual([]);
  await owner.getByRole("button", { name: "Open it" }).click();
  await answer(owner, "For the tests that follow", "Open");
}, 120_000);

test("two owners change one dish: the second hears what changed meanwhile, and loses nothing of it", async () => {
  const [olga, otto] = [
    await workAt(browser, house.staffUrl, "Olga Owner"),
    await workAt(browser, house.staffUrl, "Otto Owner"),
  ];
  const dialogs = await Promise.all(
    [olga, otto].map(async (page) => {
      await turnTo(page, "Menu");
      await page.getByRole("button", { name: "Change Burrata & tomatoes" }).click();
      return page.getByRole("dialog");
    }),
  );
  const [first, second] = [dialogs[0] ?? olga, dialogs[1] ?? otto];
  await first.getByLabel("Name").fill("Burrata & peaches");
  await second.getByLabel("Price in EUR").fill("12.50");
  await answer(olga, "Peaches are ripe", "Save");
  await second.getByLabel("Reason").fill("Peaches are dear");
  await second.getByRole("button", { name: "Save" }).click();
  await second.getByText("Olga Owner changed Burrata & peaches meanwhile").waitFor();
  expect(await second.getByLabel("Name").inputValue()).toBe("Burrata & peaches");
  await answer(otto, "Peaches are dear", "Save");
  const changed = { name: "Burrata & peaches", unitPrice: { amount: 1250 } };
  await expect.poll(async () => (await dishes()).find(({ id }) => id === "burrata"), wait).toMatchObject(changed);
}, 60_000);

test("a refund pressed twice, and by two people, while the kitchen finishes the meal, goes back once", async () => {
  const { page, orderId } = await order("Pan-fried gyoza");
  const [carla, olga, otto] = await Promise.all(["carla", "olga", "otto"].map((who) => signIn(house.staffUrl, who)));
  if (!carla || !olga || !otto) throw new Error("somebody did not come to work");
  await expect
    .poll(async () => (await carla.call("TakeTicket", { requestId: newRequestId(), orderId })).status, wait)
    .toBe(200);
  const refund = () => ({ requestId: newRequestId(), reason: "It is late", orderId });
  const [hers, his] = [refund(), refund()];
  const answers = await Promise.all([
    olga.call("RefundOrder", hers),
    carla.call("FinishTicket", { requestId: newRequestId(), orderId }),
    olga.call("RefundOrder", hers),
    otto.call("RefundOrder", his),
  ]);
  const [one, , again, two] = answers.map(({ status }) => status);
  expect(again).toBe(one);
  expect([one, two].filter((status) => status === 200)).toHaveLength(1);
  await headline(page, /refunded|back/i).waitFor();
  const { refunds } = await house.books.read();
  const [paid] = (await house.books.read()).checkouts.filter((checkout) => checkout.orderId === orderId);
  expect(refunds.filter(({ paymentId }) => paymentId === paid?.paymentId)).toMatchObject([{ amount: 850 }]);
  await expect.poll(async () => faultsOf(await house.books.read()), wait).toEqual([]);
  const { body } = await olga.call("SearchActs", { filter: { target: orderId, action: "order.refund" } });
  const records = body.records as { id: string; refusal?: string }[];
  expect(records.map(({ id }) => id).sort()).toEqual([hers.requestId, his.requestId].sort());
  expect(records.filter(({ refusal = "" }) => refusal !== "")).toHaveLength(1);
}, 60_000);
