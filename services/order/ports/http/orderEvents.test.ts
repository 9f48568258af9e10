import { describe, expect, onTestFinished, test, vi } from "vitest";
import { rawClient } from "#common/testing/rawClient";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import { orderHttp } from "../../testing/http.ts";
import { stamp } from "../../testing/orders.ts";
import { follow } from "../../testing/stream.ts";
import type { StreamLimits } from "./streamLimits.ts";

const offered = { paymentLink: "https://pay.example/1" };

async function watched(orders: OrderRepository = memoryOrders(), streamLimits: Partial<StreamLimits> = {}) {
  const parts = await orderHttp({ orders, streamLimits });
  const guest = await parts.guest();
  const { id: orderId, total } = await guest.placed();
  const stream = (headers?: Record<string, string>) =>
    follow(`${parts.url}${guest.path}/${orderId}/events`, guest.token, headers);
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

describe("of streams", () => {
  test.each<[string, Partial<StreamLimits>, number, string]>([
    ["a guest", { streamsOfCustomer: 2 }, 429, "/problems/too-many-requests"],
    ["an address", { streamsOfAddress: 2 }, 429, "/problems/too-many-requests"],
    ["all guests together", { streams: 2 }, 503, "/problems/busy"],
  ])("%s may have so many and no more, until one ends", async (_, limits, status, type) => {
    const { stream, call, path, token, orderId } = await watched(memoryOrders(), limits);
    const streams = [await stream(), await stream()];
    const refused = await call("GET", `${path}/${orderId}/events`, { token });
    expect(refused.body).toMatchObject({ status, type });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(1);
    streams[0]?.leave();
    await vi.waitFor(async () => expect((await stream()).response.status).toBe(200));
  });

  test("one guest's are not another's, nor one address's another's", async () => {
    const parts = await watched(memoryOrders(), { streamsOfCustomer: 1, streamsOfAddress: 1 });
    await parts.stream({ "x-forwarded-for": "192.0.2.1:1" });
    const bob = await parts.guest();
    const { id } = await bob.placed();
    const follows = (address: string) =>
      follow(`${parts.url}${bob.path}/${id}/events`, bob.token, { "x-forwarded-for": address });
    expect((await follows("192.0.2.1:2")).response.status).toBe(429);
    expect((await follows("192.0.2.2")).response.status).toBe(200);
  });

  test("those that were refused, or never began, count for nothing", async () => {
    const { stream, call, path, token } = await watched(memoryOrders(), { streamsOfCustomer: 1 });
    for (let times = 0; times < 3; times++) {
      expect((await call("GET", `${path}/no-such-order/events`, { token })).status).toBe(404);
    }
    expect((await stream()).response.status).toBe(200);
  });
});

test("a stream ends when the token that opened it does, and tells nothing more", async () => {
  const { stream, service, orderId } = await watched();
  const { events, ended } = await stream();
  await vi.waitFor(() => expect(events).toHaveLength(1));
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Date.now() + 31 * 24 * 3_600_000);
  await service.app.offerPayment({ orderId, ...offered });
  await ended;
  expect(events).toHaveLength(1);
});

test("HEAD of a stream is answered and ended: the next request on the connection is served", async () => {
  const { url, path, token, orderId } = await watched();
  const client = await rawClient(Number(new URL(url).port));
  const ask = (method: string, at: string, more = "") =>
    client.say(`${method} ${path}/${at} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n${more}\r\n`);
  ask("HEAD", `${orderId}/events`);
  ask("HEAD", "no-such-order/events");
  ask("GET", orderId, "connection: close\r\n");
  const answers = (await client.closed).match(/HTTP\/1\.1 \d+|content-type: [a-z/+-]+/gi);
  expect(answers?.filter((line) => line.startsWith("HTTP"))).toEqual(["HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200"]);
  expect(answers?.[1]).toBe("Content-Type: text/event-stream");
});
