import { expect, test } from "vitest";
import { AppError } from "#common/errors";
import { memoryOrders } from "../../services/order/adapters/memoryOrders.ts";
import { fromDocument } from "../../services/order/adapters/orderDocument.ts";
import { Order } from "../../services/order/domain/order.ts";
import { orderApp, wish } from "../../services/order/testing/app.ts";
import { fakePayments } from "../../services/order/testing/fakePayments.ts";
import { fakeStock } from "../../services/order/testing/fakes.ts";
import { noon } from "../../services/order/testing/orders.ts";
import { hopelessOrders } from "./hopeless.ts";

test("ten of each that nobody can say anything of are seen, and hold up neither an expiry nor a cancellation", async () => {
  const [orders, payments, stock] = [memoryOrders(), fakePayments(), fakeStock({ tea: 100 })];
  const hopeless = hopelessOrders(10, "tea", new Date(noon + 1_800_000));
  for (const document of hopeless) await orders.add(Order.restore(fromDocument(document)));
  const lost = new Set(hopeless.map(({ _id }) => _id));
  const { close, refund, find } = payments;
  const demandKnown = (ids: readonly string[]) => {
    if (ids.some((id) => lost.has(id))) throw new AppError("unavailable", "payment does not answer");
  };
  payments.close = async (order, reason) => {
    demandKnown([order.id]);
    return close(order, reason);
  };
  payments.refund = async (order, asked) => {
    demandKnown([order.id]);
    return refund(order, asked);
  };
  payments.find = async (ids) => {
    demandKnown(ids);
    return find(ids);
  };
  const { app, clock, outbox } = orderApp({ orders, payments, stock });
  const [over, cancelled] = [await app.createOrder(wish({ tea: 1 })), await app.createOrder(wish({ tea: 2 }, "two"))];
  clock.now += 1_800_000 - 1;
  await app.cancelOrder({ customerId: "ann", orderId: cancelled.id });
  clock.now += 1;
  // As often as the services look within half a minute.
  for (let look = 0; look < 6; look++) {
    await outbox.sweep();
    await app.lookAfter();
    await outbox.sweep();
    clock.now += 5_000;
  }
  expect((await orders.get(over.id))?.snapshot).toMatchObject({ status: "cancelled", outbox: [] });
  expect(stock.left.get("tea")).toBe(100);
  expect(Object.fromEntries(await orders.stuck())).toEqual({ "order.cancelled": 10, refund: 10, sale: 10 });
  expect(await orders.countOverdue(new Date(clock.now - 600_000))).toBe(10);
});
