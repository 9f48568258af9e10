import { randomUUID } from "node:crypto";
import type { MongoClient } from "mongodb";
import { expect } from "vitest";
import { local } from "../../tools/stack/parts/context.ts";
import type { Stack } from "../../tools/stack/stack.ts";

type Order = { _id: string; status: string; paymentLink?: string; outboxState?: string };

/** Somebody who never asks: what becomes of the orders is read in the database, so that no look of theirs is counted. */
export type Buyer = {
  /** Places so many orders at once, pays each as soon as it can be paid, and waits until nothing is left to do. */
  buy(orders: number): Promise<void>;
};

/** A guest of the stack, who buys its soup. */
export async function newBuyer({ context: { ports } }: Stack, mongo: MongoClient): Promise<Buyer> {
  const orders = mongo.db("gorder").collection<Order>("orders");
  const url = local(ports.order);
  const session = await fetch(`${url}/api/session`, { method: "POST" });
  const { customerId, token } = (await session.json()) as { customerId: string; token: string };
  const body = JSON.stringify({ items: [{ productId: "bench-soup", quantity: 1 }] });

  async function place(): Promise<string> {
    const response = await fetch(`${url}/api/customers/${customerId}/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
      },
      body,
    });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  }
  async function until(id: string, is: (order: Order) => boolean): Promise<Order> {
    let order: Order | null = null;
    await expect
      .poll(
        async () => {
          order = await orders.findOne({ _id: id });
          return order && is(order);
        },
        { timeout: 30_000, interval: 50 },
      )
      .toBe(true);
    return order as unknown as Order;
  }
  async function buyOne(id: string): Promise<void> {
    const { paymentLink = "" } = await until(id, (order) => order.paymentLink !== undefined);
    const form = new URLSearchParams({ action: "pay" });
    const paid = await fetch(paymentLink, { method: "POST", body: form, redirect: "manual" });
    expect(paid.status).toBe(303);
    await until(id, (order) => order.status === "ready" && order.outboxState === undefined);
  }
  return {
    async buy(count) {
      const ids = await Promise.all(Array.from({ length: count }, place));
      await Promise.all(ids.map(buyOne));
    },
  };
}
