import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import Stripe from "stripe";
import { expect, inject, test } from "vitest";
import { demandBalance, storedOrders } from "./ledger.ts";
import { type Guest, newGuest, newProducts } from "./shop.ts";

const stack = inject("stack");

/** A guest's order that can be paid. */
async function payable(units = 10) {
  const [tea = ""] = await newProducts(units);
  const guest = await newGuest();
  const { body } = await guest.order([{ productId: tea, quantity: 2 }]);
  const id = String(body.id);
  await reaches(guest, id, "waiting_for_payment");
  const link = String((await guest.get(`/${id}`)).body.paymentLink);
  return { tea, guest, id, sessionId: /cs_\w+/.exec(link)?.[0] ?? "" };
}

async function reaches(guest: Guest, id: string, status: string): Promise<void> {
  await expect.poll(async () => (await guest.get(`/${id}`)).body.status).toBe(status);
}

/** What Stripe sends when the session was paid. */
function paid({ id, sessionId }: { id: string; sessionId: string }): string {
  const session = {
    id: sessionId,
    object: "checkout.session",
    payment_status: "paid",
    amount_total: 500,
    currency: "eur",
    payment_intent: `pi_${id}`,
    metadata: { orderId: id },
  };
  const created = Math.floor(Date.now() / 1000);
  const type = "checkout.session.completed";
  return JSON.stringify({ id: `evt_${id}`, object: "event", type, created, data: { object: session } });
}

async function webhook(body: string, secret = stack.stripeWebhookSecret): Promise<number> {
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: secret.split(",")[0] ?? "" });
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  const response = await fetch(`${stack.apps.payment.url}/api/stripe/webhook`, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}

/** How often an order was cooked, by the logs of all kitchens: other tests' meals are cooked at the same time. */
function meals(orderId: string): number {
  const folder = join(stack.dataFolder, "log");
  const kitchens = readdirSync(folder).filter((name) => /^kitchen(-\d)?\.log$/.test(name));
  const lines = kitchens.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  return lines.filter((line) => line.includes("meal is cooked") && line.includes(orderId)).length;
}

test("a webhook delivered 10 times in parallel is one payment, one sale and one ticket in the kitchen", async () => {
  const order = await payable();
  const { guest, id, tea } = order;
  const body = paid(order);
  // As Stripe does: what was not acknowledged is sent again.
  const deliver = async () => {
    for (;;) {
      const status = await webhook(body);
      if (status !== 503) return status;
      await setTimeout(100);
    }
  };
  const statuses = await Promise.all(Array.from({ length: 10 }, deliver));
  expect(new Set(statuses)).toEqual(new Set([200]));
  await reaches(guest, id, "ready");
  const steps = (await storedOrders([id])).get(id)?.history.map(({ status }) => status);
  expect(steps).toEqual(["pending", "waiting_for_payment", "paid", "cooking", "ready"]);
  expect(await webhook(body)).toBe(200);
  const piles = await demandBalance({ [tea]: 10 });
  expect(piles[tea]).toEqual({ available: 8, reserved: 0, sold: 2 });
  await expect.poll(() => meals(id)).toBe(1);
});

test("a webhook signed with another secret, or not at all, is 400 and pays nothing", async () => {
  const order = await payable();
  const body = paid(order);
  expect(await webhook(body, "whsec_wrong")).toBe(400);
  const unsigned = await fetch(`${stack.apps.payment.url}/api/stripe/webhook`, { method: "POST", body });
  expect(unsigned.status).toBe(400);
  expect((await order.guest.get(`/${order.id}`)).body.status).toBe("waiting_for_payment");
  expect((await demandBalance({ [order.tea]: 10 }))[order.tea]).toMatchObject({ reserved: 2, sold: 0 });
});
