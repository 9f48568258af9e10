import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { newBrowser } from "#common/testing/browser";
import { newRequestId, type StaffMember, signIn } from "../../e2e/staffMember.ts";
import { install } from "../chart.ts";
import { podsOf } from "../kubectl.ts";
import { hosts } from "../oidc.ts";
import { payUntil, place } from "./meal.ts";

const { apps } = inject("stack");
const patience = { timeout: 120_000, interval: 500 };

type ActRecord = { id: string; subject: string; action: string };

let carla: StaffMember;
let casper: StaffMember;
let olga: StaffMember;

beforeAll(async () => {
  await install("kitchen.mode=board");
  // The cooks who are simulated cook on until their pod is gone.
  await vi.waitFor(async () => expect(await podsOf("kitchen")).toHaveLength(1), patience);
  const known = await hosts();
  const enter = (who: string) => vi.waitFor(() => signIn(apps.staff.url, who, newBrowser(known)), patience);
  [carla, casper, olga] = await Promise.all([enter("carla"), enter("casper"), enter("olga")]);
}, 900_000);

afterAll(() => install(), 900_000);

/** Presses until it is done, always with the same request id, as the page does. @returns that id. */
async function act(who: StaffMember, rpc: string, fields: object): Promise<string> {
  const requestId = newRequestId();
  await vi.waitFor(async () => {
    const { status, body } = await who.call(rpc, { requestId, reason: "an evening on the cluster", ...fields });
    expect(status, `${rpc}: ${JSON.stringify(body)}`).toBe(200);
  }, patience);
  return requestId;
}

/** What guests see that there is of a dish. */
async function available(dish: string): Promise<number | undefined> {
  const { products } = (await (await fetch(`${apps.order.url}/api/products`)).json()) as {
    products: { id: string; available: number }[];
  };
  return products.find(({ id }) => id === dish)?.available;
}

/** Who did what, as the owner reads it, in an order of its own. */
async function audit(filter: object): Promise<string[]> {
  const { status, body } = await olga.call("SearchActs", { filter });
  expect([status, body.unavailable], JSON.stringify(body)).toEqual([200, undefined]);
  // JSON leaves out what is empty.
  const { records = [] } = body as { records?: ActRecord[] };
  return records.map(({ id, subject, action }) => `${subject} ${action} ${id}`).sort();
}

test("a cook, a cashier and the owner sign in at a real provider, run the shop, and all of it is in the audit", async () => {
  const dish = `soup-${randomBytes(4).toString("hex")}`;
  const unitPrice = { amount: "450", currency: "eur" };
  const described = { productId: dish, name: `Soup ${dish}`, category: "Tests", unitPrice, position: 100_000 };
  const created = await act(olga, "PutDish", { dish: described });
  const first = await act(olga, "MoveStock", { productId: dish, restock: 3 });
  await expect.poll(() => available(dish), patience).toBe(3);

  const order = await place(dish);
  const { id: orderId } = order;
  await payUntil(order, "paid", "the guest");
  const taken = await act(carla, "TakeTicket", { orderId });
  await payUntil(order, "cooking", "the guest");
  const finished = await act(carla, "FinishTicket", { orderId });
  await payUntil(order, "ready", "the guest");

  const soldOut = await act(carla, "SetSoldOut", { productId: dish, soldOut: true });
  await expect.poll(() => available(dish), patience).toBe(0);
  const soldAgain = await act(carla, "SetSoldOut", { productId: dish, soldOut: false });
  const second = await act(olga, "MoveStock", { productId: dish, restock: 5 });
  await expect.poll(() => available(dish), patience).toBe(7);

  // The number is what the guest reads out on the telephone.
  const number = orderId.slice(-6);
  const found = async () => JSON.stringify((await casper.call("SearchOrders", { search: { number } })).body);
  await expect.poll(found, patience).toContain(orderId);
  const refunded = await act(casper, "RefundOrder", { orderId });
  await payUntil(order, "refunded", "the guest");

  const acts = [`carla ticket.take ${taken}`, `carla ticket.finish ${finished}`, `casper order.refund ${refunded}`];
  await expect.poll(() => audit({ target: orderId }), patience).toEqual(acts.sort());
  const ofTheDish = [
    `carla dish.sell_again ${soldAgain}`,
    `carla dish.sell_out ${soldOut}`,
    `olga dish.create ${created}`,
    ...[first, second].map((id) => `olga dish.restock ${id}`),
  ];
  await expect.poll(() => audit({ target: dish }), patience).toEqual(ofTheDish.sort());
});

test("a cook who restocks is refused in words, nothing is moved, and the owner reads of it", async () => {
  const restock = { requestId: newRequestId(), reason: "hunger", productId: "lemonade", restock: 5 };
  const refused = async () => {
    const { status, body } = await carla.call("MoveStock", restock);
    return [status, body.message];
  };
  const words = expect.stringMatching(/^That takes another role: cook may not/);
  await expect.poll(refused, patience).toEqual([403, words]);
  const [cook, action] = ["carla", "role.refuse"];
  await expect.poll(() => audit({ subject: cook, action }), patience).toHaveLength(1);
  await expect.poll(() => audit({ subject: cook, action: "dish.restock" }), patience).toEqual([]);
});
