import { expect, test, vi } from "vitest";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import { orderHttp } from "../../testing/http.ts";
import { stamp } from "../../testing/orders.ts";
import { follow } from "../../testing/stream.ts";

const offered = { paymentLink: "https://pay.example/1" };

async function watched(orders: OrderRepository = memoryOrders()) {
  const parts = await orderHttp({ orders });
  const guest = await parts.guest();
  const { id: orderId, total } = await guest.placed();
  const stream = () => follow(`${parts.url}${guest.path}/${orderId}/events`, guest.token);
  return { ...parts, ...guest, orderId, total, stream };
}

test("a stream starts with the order as it is, tells every change, and ends with the last one", async () => {
  const { service, orderId, total, stream, call, path, token } = await watched();
  const { response, events, ended } = await stream();
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  await vi.waitFor(() => expect(events).toHaveLength(1));
  await service.app.offerPayment({ orderId, ...offered });
  await service.app.payOrder({ orderId, amount: total });
  await service.app.claimTickets({ kitchenId: "kitchen-1", count: 1, leaseSeconds: 60 });
  await service.app.markReady({ orderId, kitchenId: "kitchen-1" });
  await ended;
  expect(events.map(({ event, id, data }) => [event, id, data.status])).toEqual([
    ["status", "1", "pending"],
    ["status", "2", "waiting_for_payment"],
    ["status", "3", "paid"],
    ["status", "4", "cooking"],
    ["status", "5", "ready"],
  ]);
  expect(events.at(-1)?.data).toEqual((await call("GET", `${path}/${orderId}`, { token })).body);
});

test("the stream of an order at its end says so and ends", async () => {
  const { call, path, token, orderId, stream } = await watched();
  await call("POST", `${path}/${orderId}/cancel`, { token });
  const { events, ended } = await stream();
  await ended;
  expect(events.map(({ data }) => data.status)).toEqual(["cancelled"]);
});

test("what happens while the stream opens is not missed", async () => {
  const orders = memoryOrders();
  let between: (() => Promise<unknown>) | undefined;
  const slow: OrderRepository = {
    ...orders,
    async get(id) {
      const order = await orders.get(id);
      await between?.();
      return order;
    },
  };
  const { service, orderId, stream } = await watched(slow);
  between = async () => {
    between = undefined;
    await service.app.offerPayment({ orderId, ...offered });
  };
  const { events } = await stream();
  await vi.waitFor(() => expect(events.map(({ data }) => data.status)).toEqual(["pending", "waiting_for_payment"]));
});

test("a change that another replica made is told too", async () => {
  const orders = memoryOrders();
  const { orderId, stream } = await watched(orders);
  const { events } = await stream();
  await vi.waitFor(() => expect(events).toHaveLength(1));
  await orders.update(orderId, (order) => order.requestPayment("https://pay.example/1", stamp()));
  await vi.waitFor(() => expect(events.at(-1)?.data.status).toBe("waiting_for_payment"), 5_000);
});

test("many watch one order, and one who leaves does not disturb the others", async () => {
  const { service, orderId, stream } = await watched();
  const streams = await Promise.all([stream(), stream(), stream()]);
  for (const { events } of streams) await vi.waitFor(() => expect(events).toHaveLength(1));
  streams[0]?.leave();
  await streams[0]?.ended;
  await service.app.offerPayment({ orderId, ...offered });
  for (const { events } of streams.slice(1)) await vi.waitFor(() => expect(events).toHaveLength(2));
});

test("a service that leaves ends its streams, also one that is just opening", async () => {
  const orders = memoryOrders();
  let opening: (() => void) | undefined;
  let hold: Promise<void> | undefined;
  const slow: OrderRepository = {
    ...orders,
    async get(id) {
      opening?.();
      await hold;
      return orders.get(id);
    },
  };
  const { service, stream } = await watched(slow);
  const open = await stream();
  await vi.waitFor(() => expect(open.events).toHaveLength(1));
  let go: () => void = () => undefined;
  hold = new Promise((resolve) => {
    go = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    opening = resolve;
  });
  const late = stream();
  await asked;
  service.drain?.();
  await open.ended;
  go();
  await (await late).ended;
});
