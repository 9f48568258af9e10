import { expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import { orderApp, told, wish } from "../testing/app.ts";
import { fakePayments } from "../testing/fakePayments.ts";
import { fakeStock } from "../testing/fakes.ts";

/** A shop with five orders that wait for their payment. */
async function shop() {
  const payments = fakePayments();
  const made = orderApp({ payments, stock: fakeStock({ tea: 100 }) });
  const ids: string[] = [];
  for (let index = 0; index < 5; index++) {
    const { id: orderId } = await made.app.createOrder(wish({ tea: 1 }, `key-${index}`));
    await made.app.offerPayment({ orderId, paymentLink: "https://pay.example/1" });
    ids.push(orderId);
  }
  return { ...made, payments, ids };
}

test("an order that payment can say nothing of does not keep those that are asked about with it", async () => {
  const { app, clock, payments, ids } = await shop();
  const [unclear = "", ...others] = ids;
  const { find } = payments;
  payments.find = async (orderIds) => {
    if (orderIds.includes(unclear)) throw new AppError("unavailable", "payment does not answer");
    return find(orderIds);
  };
  for (const id of ids) payments.statuses.set(id, "paid");
  clock.now += 60_000;
  await app.lookAfter();
  const announced = payments.calls.filter((call) => call.startsWith("announce"));
  expect(announced.toSorted()).toEqual(others.map((id) => `announce ${id}`).toSorted());
});

test("an order that cannot be written as a message does not keep the others from being told", async () => {
  const { app, orders, clock, bus, outbox } = orderApp({ stock: fakeStock({ tea: 100 }) });
  const { app: fair } = orderApp({ orders });
  for (const key of ["one", "two"]) await fair.createOrder(wish({ tea: 1 }, key));
  await app.createOrder(wish({ tea: 1 }, "three"));
  await vi.waitFor(() => expect(bus.published).toHaveLength(1));
  const { claimDue } = orders;
  orders.claimDue = async (now, limit) => {
    const [first, ...others] = await claimDue(now, limit);
    if (!first) return [];
    const { snapshot } = first;
    vi.spyOn(first, "snapshot", "get").mockReturnValue({ ...snapshot, total: { ...snapshot.total, amount: 0.5 } });
    return [first, ...others];
  };
  clock.now += 30_000;
  await outbox.sweep();
  expect(told(bus, "order.created")).toHaveLength(3);
});
