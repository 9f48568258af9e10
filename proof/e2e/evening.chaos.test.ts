import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findProgram } from "../../dev/programs/ensure.ts";
import { Guest } from "../../ops/demo/guest.ts";
import { faultsOf } from "../../ops/ledger/faults.ts";
import { numberOf } from "../../services/order/domain/number.ts";
import { violations } from "./axe.ts";
import { launch, openWindow } from "./browser.ts";
import { answer, patience, turnTo, untilShown, workAt } from "./counter.ts";
import { headline, openCart, payWith, placeOrder } from "./guest.ts";
import { type OwnStack, startOwnStack } from "./ownStack.ts";
import { newRequestId, signIn, untilAnswered } from "./staffMember.ts";

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

/** The shop as the page of a guest who comes now is told of it. */
async function isClosed(): Promise<boolean> {
  const answer = await fetch(`${house.orderUrl}/api/products`);
  return ((await answer.json()) as { shop: { closed: boolean } }).shop.closed;
}

type Dish = { id: string; name: string; available: number; unitPrice: { amount: number } };

/** The menu as guests have it. */
async function dishes(): Promise<Dish[]> {
  return ((await (await fetch(`${house.orderUrl}/api/products`)).json()) as { products: Dish[] }).products;
}

async function dishCalled(name: string): Promise<Dish> {
  const dish = (await dishes()).find((each) => each.name === name);
  if (!dish) throw new Error(`${name} is not on the menu`);
  return dish;
}

/** A guest's phone, on which the menu is open and lies in the cart whatever is named. */
async function arrive(...wanted: string[]): Promise<Page> {
  const { page } = await openWindow(browser, house.orderUrl, "phone");
  page.setDefaultTimeout(patience.timeout);
  await page.goto("/");
  for (const dish of wanted) await page.getByRole("button", { name: `Add ${dish}` }).click();
  return page;
}

/** A guest's order of one dish, paid, on a phone that shows how it goes on. */
async function order(dish: string) {
  const page = await arrive(dish);
  await placeOrder(page);
  const orderId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await payWith(page, "Pay");
  return { page, orderId, number: `#${numberOf(orderId)}` };
}

const booksBalance = () => expect.poll(async () => faultsOf(await house.books.read()), patience).toEqual([]);

test("two owners change one dish: the second hears what changed meanwhile, and loses nothing of it", async () => {
  const [olga, otto] = [
    await workAt(browser, house.staffUrl, "Olga Owner"),
    await workAt(browser, house.staffUrl, "Otto Owner"),
  ];
  for (const page of [olga, otto]) {
    await turnTo(page, "Menu");
    await page.getByRole("button", { name: "Change Burrata & tomatoes" }).click();
  }
  await olga.getByRole("dialog").getByLabel("Name").fill("Burrata & peaches");
  const his = otto.getByRole("dialog");
  await his.getByLabel("Price in EUR").fill("12.50");
  await answer(olga, "Peaches are ripe", "Save");
  await his.getByLabel("Reason").fill("Peaches are dear");
  await his.getByRole("button", { name: "Save" }).click();
  await his.getByText(/Olga Owner changed .* meanwhile/).waitFor();
  await his.getByText("Somebody changed it meanwhile").waitFor();
  await expect.poll(() => his.getByLabel("Name").inputValue(), patience).toBe("Burrata & peaches");
  await answer(otto, "Peaches are dear", "Save");
  const changed = { name: "Burrata & peaches", unitPrice: { amount: 1250 } };
  await expect.poll(async () => (await dishes()).find(({ id }) => id === "burrata"), patience).toMatchObject(changed);
}, 180_000);

test("a refund pressed twice, and by two people, while the kitchen finishes the meal, goes back once", async () => {
  const dish = await dishCalled("Pan-fried gyoza");
  const { page, orderId } = await order(dish.name);
  const [carla, olga, otto] = [
    await signIn(house.staffUrl, "carla"),
    await signIn(house.staffUrl, "olga"),
    await signIn(house.staffUrl, "otto"),
  ];
  const take = { requestId: newRequestId(), orderId };
  await expect.poll(async () => (await untilAnswered(carla, "TakeTicket", take)).status, patience).toBe(200);
  const refund = () => ({ requestId: newRequestId(), reason: "It is late", orderId });
  const [hers, his] = [refund(), refund()];
  const [first, again, other] = await Promise.all([
    untilAnswered(olga, "RefundOrder", hers),
    untilAnswered(olga, "RefundOrder", hers),
    untilAnswered(otto, "RefundOrder", his),
    untilAnswered(carla, "FinishTicket", { requestId: newRequestId(), orderId }),
  ]);
  expect(again.status).toBe(first.status);
  expect([first, other].filter(({ status }) => status === 200)).toHaveLength(1);
  await untilShown(page, headline(page, "Refunded"));
  const back = async () => {
    const { refunds, checkouts } = await house.books.read();
    const paymentId = checkouts.find((checkout) => checkout.orderId === orderId && checkout.paid)?.paymentId;
    return refunds.filter((one) => one.paymentId === paymentId).map(({ amount, state }) => ({ amount, state }));
  };
  await expect.poll(back, patience).toEqual([{ amount: dish.unitPrice.amount, state: "succeeded" }]);
  await booksBalance();
  const asked = async () => {
    const { body } = await olga.call("SearchActs", { filter: { target: orderId, action: "order.refund" } });
    return (body.records as { id: string; refusal?: string }[] | undefined) ?? [];
  };
  const each = [hers.requestId, his.requestId].toSorted();
  await expect.poll(async () => (await asked()).map(({ id }) => id).toSorted(), patience).toEqual(each);
  expect((await asked()).filter(({ refusal = "" }) => refusal !== "")).toHaveLength(1);
}, 180_000);

test("an evening from opening to closing: ordered, cooked, sold out, restocked, refunded, and all of it in the audit", async () => {
  const dish = await dishCalled("Caesar salad");
  const owner = await workAt(browser, house.staffUrl, "Olga Owner");
  await turnTo(owner, "Menu");
  await owner.getByRole("button", { name: "Close it" }).click();
  await owner.getByLabel("What guests read").fill("We open at six.");
  await answer(owner, "Before the evening", "Close");
  const early = await arrive();
  await untilShown(early, early.getByText("We open at six."));
  expect(await violations(early)).toEqual([]);
  await owner.getByRole("button", { name: "Open it" }).click();
  await answer(owner, "A new evening", "Open");
  await owner.getByText("Guests can order.").waitFor();
  await expect.poll(isClosed, patience).toBe(false);

  const cook = await workAt(browser, house.staffUrl, "Carla Cook");
  await turnTo(cook, "Kitchen");
  const { page: guest, orderId, number } = await order(dish.name);
  await cook.getByRole("button", { name: `Take ${number}` }).click();
  await headline(guest, "Being cooked").waitFor();
  expect(await violations(guest)).toEqual([]);
  const done = { name: `1 × ${dish.name} of ${number} done` };
  await cook.getByRole("button", { ...done, pressed: false }).click();
  await cook.getByRole("button", { ...done, pressed: true }).waitFor();
  expect(await violations(cook)).toEqual([]);
  // A finished ticket offers only to be taken back.
  await cook.getByRole("button", { name: `No more ${dish.name}: mark it sold out` }).click();
  await cook.getByRole("dialog").getByRole("button", { name: "Sold out" }).click();
  await cook.getByRole("dialog").waitFor({ state: "hidden" });
  await cook.getByRole("button", { name: `Finish ${number}` }).click();
  await cook.getByRole("button", { name: `Take ${number} back` }).waitFor();
  await headline(guest, /ready!/).waitFor();

  const card = early.getByRole("listitem").filter({ has: early.getByRole("heading", { name: dish.name }) });
  await untilShown(early, card.getByText("Sold out"));
  await turnTo(owner, "Menu");
  await owner.getByText("Sold out tonight").waitFor();
  await owner.getByRole("button", { name: `Stock of ${dish.name}` }).click();
  await owner.getByLabel("Units to add").fill("20");
  await answer(owner, "A delivery", "Restock");
  await owner.getByRole("button", { name: `${dish.name} sold out` }).click();
  await owner.getByText("Sold out tonight").waitFor({ state: "detached" });
  await untilShown(early, card.getByRole("button", { name: `Add ${dish.name}` }));
  await expect.poll(async () => (await dishCalled(dish.name)).available, patience).toBe(dish.available - 1 + 20);

  const cashier = await workAt(browser, house.staffUrl, "Casper Cashier");
  await turnTo(cashier, "Orders");
  await cashier.getByLabel("Number").fill(number.toLowerCase());
  await cashier.keyboard.press("Enter");
  await cashier.getByRole("link", { name: number }).click();
  await cashier.getByRole("button", { name: "Give money back" }).click();
  const question = cashier.getByRole("dialog");
  await question.getByLabel("Reason").fill("A hair in it");
  await question.getByRole("button", { name: /^Give back/ }).dblclick();
  await question.waitFor({ state: "hidden" });
  await untilShown(guest, headline(guest, "Refunded"));
  await untilShown(cashier, cashier.locator(".file-head").getByText("Refunded"));
  expect(await violations(cashier)).toEqual([]);
  expect(await violations(guest)).toEqual([]);

  await turnTo(owner, "Takings");
  const price = `€${(dish.unitPrice.amount / 100).toFixed(2)}`;
  await untilShown(owner, owner.getByRole("row", { name: `${dish.name} 1 ${price}` }));
  await turnTo(owner, "Money");
  await turnTo(owner, "Trouble");
  await untilShown(owner, owner.getByText("They agree"));
  await turnTo(owner, "Audit");
  const told = async () => {
    await owner.reload();
    await owner.locator(".act").first().waitFor();
    const heads = await owner.locator(".act-head > span").allInnerTexts();
    return heads.map((head) => head.replace(/\s+/g, " ").trim());
  };
  const acts = [
    `Casper Cashier gave money back ${orderId}`,
    `You set the dish back on the menu ${dish.id}`,
    `You restocked the dish ${dish.id}`,
    `Carla Cook finished the ticket ${orderId}`,
    `Carla Cook marked the dish sold out ${dish.id}`,
    `Carla Cook ticked a dish ${orderId}`,
    `Carla Cook took the ticket ${orderId}`,
  ];
  const ours = async () => (await told()).filter((head) => head.includes(orderId) || head.includes(dish.id));
  await expect.poll(async () => (await ours()).toSorted(), patience).toEqual(acts.toSorted());
  await owner.getByText("“A hair in it”").waitFor();
  const shop = async () => (await told()).filter((head) => /the shop/.test(head)).map((head) => head.split(" ", 4));
  await expect.poll(shop, patience).toEqual([
    ["You", "opened", "the", "shop"],
    ["You", "closed", "the", "shop"],
  ]);

  const late = await arrive(dish.name);
  await turnTo(owner, "Menu");
  await owner.getByRole("button", { name: "Close it" }).click();
  await owner.getByLabel("What guests read").fill("Good night.");
  await answer(owner, "The evening is over", "Close");
  // Its own menu may have told the page by now that the shop is closed: then the button refuses.
  await (await openCart(late)).getByRole("button", { name: "Place order" }).click({ force: true });
  await late.getByText("Good night.").first().waitFor();
  expect(await violations(late)).toEqual([]);
  await expect((await Guest.arrive(house.orderUrl)).order(1)).rejects.toThrow(/409.*Good night\./s);
  await booksBalance();
}, 300_000);
