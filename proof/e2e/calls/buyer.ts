import type { MongoClient } from "mongodb";
import { expect } from "vitest";
import { local } from "../../../dev/stack/parts/context.ts";
import type { Stack } from "../../../dev/stack/stack.ts";
import { Guest } from "../../../ops/demo/guest.ts";

type Order = { _id: string; status: string; paymentLink?: string; outboxState?: string };

/** Somebody who never asks: what becomes of the orders is read in the database, so that no look of theirs is counted. */
export type Buyer = {
  /** Places so many orders at once, pays each as soon as it can be paid, and waits until nothing is left to do. */
  buy(orders: number): Promise<void>;
};

/** A guest of the stack, who buys its soup. */
export async function newBuyer({ context: { ports } }: Stack, mongo: MongoClient): Promise<Buyer> {
  const orders = mongo.db("gorder").collection<Order>("orders");
  const guest = await Guest.arrive(local(ports.order));

  async function place(): Promise<string> {
    const { status, text, body } = await guest.tryOrder([{ productId: "bench-soup", quantity: 1 }]);
    expect(status, text).toBe(201);
    return String(body.id);
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
    await guest.pay((await until(id, (order) => order.paymentLink !== undefined)).paymentLink ?? "");
    await until(id, (order) => order.status === "ready" && order.outboxState === undefined);
  }
  return {
    async buy(count) {
      const ids = await Promise.all(Array.from({ length: count }, place));
      await Promise.all(ids.map(buyOne));
    },
  };
}
