import { expect, inject, test } from "vitest";
import { demandBalance, storedOrders } from "./ledger.ts";
import { newGuest, newProducts } from "./shop.ts";

const { apps, appApiToken } = inject("stack");

/** Tells the order service that the order was paid, past the broker. Returns the status of the answer. */
async function tellPaid(orderId: string): Promise<number> {
  const meta = { eventId: `paid-${orderId}`, version: 1, occurredAt: "2026-01-01T00:00:00Z" };
  const data = { meta, orderId, amount: { amount: "500", currency: "eur" } };
  const response = await fetch(`${apps.order.appUrl}/events/order.paid`, {
    method: "POST",
    headers: { "content-type": "application/cloudevents+json", "dapr-api-token": appApiToken },
    body: JSON.stringify({ specversion: "1.0", id: meta.eventId, source: "payment", type: "order.paid", data }),
  });
  await response.arrayBuffer();
  return response.status;
}

test("of a payment and a cancellation at the same time one wins, both are answered, and the books say which", async () => {
  const [tea = ""] = await newProducts(100);
  const guest = await newGuest();
  for (let round = 0; round < 10; round++) {
    const id = String((await guest.order([{ productId: tea, quantity: 2 }])).body.id);
    await expect
      .poll(async () => (await guest.get(`/${id}`)).body.status, { interval: 20 })
      .toBe("waiting_for_payment");
    const [paid, cancelled] = await Promise.all([tellPaid(id), guest.post(`/${id}/cancel`)]);
    // Both are heard: a payment that comes second is owed back, which comes to nothing here, as no money was taken.
    expect(paid).toBe(200);
    expect([200, 409]).toContain(cancelled.status);
    const last = cancelled.status === 409 ? "paid" : "cancelled";
    const { history = [] } = (await storedOrders([id])).get(id) ?? {};
    // What was paid may be on the stove by now, or eaten; what was cancelled is there for good.
    const after = last === "paid" ? ["cooking", "ready"] : [];
    const steps = history.map((step) => step.status).filter((step) => !after.includes(step));
    expect(steps).toEqual(["pending", "waiting_for_payment", last]);
  }
  await demandBalance({ [tea]: 100 });
});

test("a customer who cancels four times while the payment is being opened ends with one cancellation", async () => {
  const [tea = ""] = await newProducts(100);
  const guest = await newGuest();
  const ids = await Promise.all(
    Array.from({ length: 10 }, async () => String((await guest.order([{ productId: tea, quantity: 2 }])).body.id)),
  );
  for (const id of ids) {
    const answers = await Promise.all(Array.from({ length: 4 }, () => guest.post(`/${id}/cancel`)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.body.status).toBe("cancelled");
  }
  const piles = await demandBalance({ [tea]: 100 });
  expect(piles[tea]).toEqual({ available: 100, reserved: 0, sold: 0 });
  for (const { status, history } of (await storedOrders(ids)).values()) {
    expect([status, history.filter((step) => step.status === "cancelled").length]).toEqual(["cancelled", 1]);
  }
});
