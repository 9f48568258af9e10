import { expect, onTestFinished, test, vi } from "vitest";
import { rawClient } from "#common/testing/rawClient";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import { orderHttp } from "../../testing/http.ts";
import { stamp } from "../../testing/orders.ts";
import { follow, type Sent } from "../../testing/stream.ts";
import type { StreamLimits } from "./streamLimits.ts";

const offered = { paymentLink: "https://pay.example/1" };
const told = (events: readonly Sent[]) => events.map(({ data }) => [data.id, data.status]);

async function watched(orders: OrderRepository = memoryOrders(), streamLimits: Partial<StreamLimits> = {}) {
  const parts = await orderHttp({ orders, streamLimits });
  const guest = await parts.guest();
  const stream = () => follow(`${parts.url}${guest.path}/events`, guest.token);
  return { ...parts, ...guest, stream };
}

/** Has keep-alives come when they are called for. */
function keepAlives(): () => void {
  vi.useFakeTimers({ toFake: ["setInterval", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return () => void vi.advanceTimersByTime(15_000);
}

test("it starts with the orders as they are, newest first, and tells every change of each", async () => {
  const { service, placed, stream, call, path, token } = await watched();
  const [one, two] = [await placed(), await placed()];
  const { response, events } = await stream();
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  await vi.waitFor(() => expect(events).toHaveLength(2));
  const { body } = await call("GET", path, { token });
  expect(events.map(({ data }) => data)).toEqual(body.orders);
  await service.app.offerPayment({ orderId: one.id, ...offered });
  await service.app.offerPayment({ orderId: two.id, ...offered });
  await service.app.payOrder({ orderId: one.id, amount: one.total });
  await vi.waitFor(() => expect(events).toHaveLength(5));
  expect(told(events.slice(2))).toEqual([
    [one.id, "waiting_for_payment"],
    [two.id, "waiting_for_payment"],
    [one.id, "paid"],
  ]);
});

test("an order at its end ends no stream: the others go on, and so does a guest without any", async () => {
  const next = keepAlives();
  const { placed, stream, call, path, token } = await watched();
  const { events } = await stream();
  const cancel = async () => {
    const { id } = await placed();
    next();
    await vi.waitFor(() => expect(told(events).at(-1)).toEqual([id, "pending"]));
    await call("POST", `${path}/${id}/cancel`, { token });
    await vi.waitFor(() => expect(told(events).at(-1)).toEqual([id, "cancelled"]));
  };
  await cancel();
  await cancel();
  expect(events).toHaveLength(4);
});

test("an order that another replica took is told at the next keep-alive, and followed from then on", async () => {
  const next = keepAlives();
  const orders = memoryOrders();
  const { placed, stream } = await watched(orders);
  const { events } = await stream();
  const { id } = await placed();
  next();
  await vi.waitFor(() => expect(told(events)).toEqual([[id, "pending"]]));
  await orders.update(id, (order) => order.requestPayment("https://pay.example/1", stamp()));
  await vi.waitFor(() => expect(told(events).at(-1)).toEqual([id, "waiting_for_payment"]), 5_000);
});

test("a store that cannot be read at a keep-alive ends nothing: it is read at the next one", async () => {
  const next = keepAlives();
  const orders = memoryOrders();
  let reads = 0;
  let away = false;
  const list: OrderRepository["list"] = (...which) => {
    reads += 1;
    return away ? Promise.reject(new Error("away")) : orders.list(...which);
  };
  const { placed, stream } = await watched({ ...orders, list });
  const { events } = await stream();
  const { id } = await placed();
  away = true;
  next();
  await vi.waitFor(() => expect(reads).toBe(2));
  away = false;
  next();
  await vi.waitFor(() => expect(told(events)).toEqual([[id, "pending"]]));
});

test("what happens while the stream opens is not missed", async () => {
  const orders = memoryOrders();
  let between: (() => Promise<unknown>) | undefined;
  const list: OrderRepository["list"] = async (...which) => {
    const page = await orders.list(...which);
    await between?.();
    return page;
  };
  const { service, placed, stream } = await watched({ ...orders, list });
  const { id } = await placed();
  // Somebody watches it already, so that the feed does not look at it anew.
  const other = await stream();
  await vi.waitFor(() => expect(other.events).toHaveLength(1));
  between = async () => {
    between = undefined;
    await service.app.offerPayment({ orderId: id, ...offered });
  };
  const { events } = await stream();
  await vi.waitFor(() => expect(told(events)).toEqual([[id, "waiting_for_payment"]]));
});

test("another customer's orders never appear, nor does what became another's", async () => {
  const next = keepAlives();
  const { guest, service, placed, stream, call, customerId, path } = await watched();
  const [bob, { id }] = [await guest(), await placed()];
  const { events } = await stream();
  await vi.waitFor(() => expect(told(events)).toEqual([[id, "pending"]]));
  const foreign = await bob.placed();
  next();
  await service.app.offerPayment({ orderId: foreign.id, ...offered });
  expect((await call("GET", `${path}/events`, { token: bob.token })).status).toBe(404);
  await service.app.handOver({ guestId: customerId, accountId: bob.customerId });
  await service.app.offerPayment({ orderId: id, ...offered });
  // What is told in its turn shows that nothing was told before it.
  const last = await placed();
  next();
  await vi.waitFor(() => expect(told(events).at(-1)).toEqual([last.id, "pending"]));
  expect(told(events).slice(0, -1)).toEqual([[id, "pending"]]);
});

test("it ends when the token that opened it does, and when the service leaves", async () => {
  const next = keepAlives();
  const { stream, service } = await watched();
  const left = await stream();
  service.drain?.();
  await left.ended;
  const { ended } = await stream();
  vi.setSystemTime(Date.now() + 31 * 24 * 3_600_000);
  next();
  await ended;
});

test("it counts among a guest's streams until it ends", async () => {
  const { url, placed, stream, call, path, token } = await watched(memoryOrders(), { streamsOfCustomer: 2 });
  const { id } = await placed();
  const all = await stream();
  await follow(`${url}${path}/${id}/events`, token);
  expect((await call("GET", `${path}/events`, { token })).status).toBe(429);
  expect((await call("GET", `${path}/${id}/events`, { token })).status).toBe(429);
  all.leave();
  await vi.waitFor(async () => expect((await stream()).response.status).toBe(200));
});

test("HEAD of it is answered and ended: the next request on the connection is served", async () => {
  const { url, path, token } = await watched();
  const client = await rawClient(Number(new URL(url).port));
  const ask = (method: string, at: string, more = "") =>
    client.say(`${method} ${path}${at} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n${more}\r\n`);
  ask("HEAD", "/events");
  ask("GET", "", "connection: close\r\n");
  const answers = (await client.closed).match(/HTTP\/1\.1 \d+|content-type: [a-z/+-]+/gi);
  expect(answers).toEqual(["HTTP/1.1 200", "Content-Type: text/event-stream", "HTTP/1.1 200", expect.anything()]);
});
