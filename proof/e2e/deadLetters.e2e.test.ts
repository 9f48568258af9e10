import { randomUUID } from "node:crypto";
import { type ConfirmChannel, connect } from "amqplib";
import { afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { queues } from "#common/deadLetters/queues";
import { orderIdOf } from "../../services/order/adapters/orderId.ts";
import { runDlq } from "../testing/dlq.ts";
import { newCustomer } from "./customer.ts";

const { rabbitmq } = inject("stack");
const within = { timeout: 60_000, interval: 200 };
let channel: ConfirmChannel;

type Shown = {
  id: string;
  queue: string;
  deaths: number;
  traceId: string;
  event?: { orderId: string };
  unreadable?: { why: string };
};

beforeAll(async () => {
  const broker = await connect(rabbitmq.url);
  channel = await broker.createConfirmChannel();
  return () => broker.close();
});
const discardAll = async () => void (await runDlq(rabbitmq.url, "discard", "--all", "--yes"));
// Before, too: a sidecar that another test killed may have left a copy.
beforeEach(discardAll);
afterEach(discardAll);

/** Puts a message into one consumer's queue, past everything that checks what is published. */
async function put(queue: string, content: unknown): Promise<void> {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  channel.sendToQueue(queue, bytes, { persistent: true });
  await channel.waitForConfirms();
}

async function show(...args: string[]): Promise<Shown[]> {
  const { code, output } = await runDlq(rabbitmq.url, "show", "--limit", "1000", "--json", ...args);
  expect(code, output).toBe(0);
  return JSON.parse(output) as Shown[];
}

const depth = async (queue: string) => (await channel.checkQueue(`dlq-${queue}`)).messageCount;

function paidEvent(orderId: string, amount = 500) {
  const [id, traceparent] = [randomUUID(), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"];
  const meta = { eventId: id, version: 1, occurredAt: "2026-01-01T00:00:00Z", traceparent };
  const data = { meta, orderId, amount: { amount: String(amount), currency: "eur" }, paymentId: "pi_1" };
  const about = { specversion: "1.0", id, source: "test", datacontenttype: "application/json" };
  return { ...about, type: "order.paid", traceparent, data };
}

const garbage = (type: string): [string, RegExp, unknown][] => [
  ["not JSON", /not JSON/, Buffer.from(`not an event ${randomUUID()}`)],
  ["bytes of no text", /not JSON/, Buffer.from([0xff, 0xfe, 0x00, ...Buffer.from(randomUUID())])],
  ["nothing", /not JSON/, Buffer.alloc(0)],
  ["null", /not a CloudEvent/, null],
  ["a list", /not a CloudEvent/, [randomUUID()]],
  ["an unknown type", /of type order.eaten came on/, { ...paidEvent("o1"), type: "order.eaten" }],
  ["data of another shape", /not a events\.v1\./, { ...paidEvent("o1"), type, data: { orderId: { $gt: "" } } }],
  ["an unknown version", /Version 2/, { ...paidEvent("o1"), type, data: { meta: { eventId: "1", version: 2 } } }],
  ["more than is read", /not a CloudEvent/, Buffer.from(JSON.stringify(["x".repeat(2_000_000)]))],
];

test.each(queues)(
  "garbage on %s is dead-lettered after its retries and can be looked at, while an order passes it by",
  async (queue) => {
    const kinds = garbage(queue.slice(queue.indexOf("-") + 1));
    for (const [, , content] of kinds) await put(queue, content);
    const customer = await newCustomer();
    await customer.payAndFetch((await customer.order()).id);
    await expect.poll(() => depth(queue), within).toBe(kinds.length);
    const whys = (await show("--queue", queue)).map(({ unreadable }) => unreadable?.why ?? "");
    for (const [kind, why] of kinds)
      expect(
        whys.some((one) => why.test(one)),
        `${kind}: ${whys}`,
      ).toBe(true);
    for (const other of queues.filter((one) => one !== queue)) await expect.poll(() => depth(other), within).toBe(0);
  },
  240_000,
);

test("a dead letter goes back to its own queue alone, with its trace, and is handled once its cause is gone", async () => {
  const customer = await newCustomer();
  const { id: first, total } = await customer.order();
  await customer.payAndFetch(first);
  // The order service hears of the payment of an order that does not exist yet, and gives up.
  const key = randomUUID();
  const id = orderIdOf(customer.customerId, key);
  const event = paidEvent(id, total.amount);
  const queue = "order-order.paid";
  await put(queue, event);
  await expect.poll(() => depth(queue), within).toBe(1);
  const [letter] = await show();
  expect(letter).toMatchObject({ id: event.id, queue, deaths: 1, event: { orderId: id } });
  expect(letter?.traceId).toBe("0af7651916cd43dd8448eb211c80319c");

  await runDlq(rabbitmq.url, "redrive", "--id", event.id);
  await expect.poll(async () => (await show())[0]?.deaths, within).toBe(2);
  const depths = () => Promise.all(queues.map(depth));
  await expect.poll(depths, within).toEqual(queues.map((one) => (one === queue ? 1 : 0)));

  expect((await customer.order({ "idempotency-key": key })).id).toBe(id);
  await customer.payAndFetch(id);
  const { output } = await runDlq(rabbitmq.url, "redrive", "--all");
  expect(output).toBe(`  ${queue}: 1 put back\n`);
  await expect.poll(async () => (await channel.checkQueue(queue)).messageCount, within).toBe(0);
  const again = await customer.order();
  await customer.payAndFetch(again.id);
  await expect.poll(depths, within).toEqual([0, 0, 0]);
}, 240_000);
