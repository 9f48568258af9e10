import { randomBytes } from "node:crypto";
import { type Channel, connect } from "amqplib";
import { beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { brokersDeadLetters } from "./brokersDeadLetters.ts";

const { url } = inject("stack").rabbitmq;
const within = { timeout: 20_000, interval: 50 };
let channel: Channel;

beforeAll(async () => {
  const broker = await connect(url);
  channel = await broker.createChannel();
  return () => broker.close();
});

const depth = async (queue: string) => (await channel.checkQueue(queue)).messageCount;

/** A consumer's queue with so many dead letters, e0 and on. */
async function given(count: number) {
  const queue = `${randomBytes(4).toString("hex")}-order.paid`;
  const dead = `dlq-${queue}`;
  for (const name of [queue, dead]) await channel.assertQueue(name);
  onTestFinished(async () => {
    for (const name of [queue, dead]) await channel.deleteQueue(name);
  });
  for (let index = 0; index < count; index++) {
    const data = { meta: { eventId: `e${index}`, version: 1 }, orderId: `order of e${index}` };
    const event = { specversion: "1.0", id: `e${index}`, source: "test", type: "order.paid", data };
    channel.sendToQueue(dead, Buffer.from(JSON.stringify(event)));
  }
  await expect.poll(() => depth(dead), within).toBe(count);
  return { queue, dead, letters: brokersDeadLetters(url, [queue]) };
}

test("a queue's dead letters are counted, and the oldest hundred shown", async () => {
  const { queue, dead, letters } = await given(120);
  const [listed] = await letters.list();
  expect(listed).toMatchObject({ name: queue, count: 120 });
  expect(listed?.letters.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, index) => `e${index}`));
  await expect.poll(() => depth(dead), within).toBe(120);
});

test("two who look at once see the same", async () => {
  const { letters } = await given(5);
  const counts = (await Promise.all([letters.list(), letters.list()])).map(([queue]) => queue?.letters.length);
  expect(counts).toEqual([5, 5]);
});

test("the chosen ones go back to their queue, others are thrown away, the rest stays", async () => {
  const { queue, dead, letters } = await given(4);
  expect(await letters.resend(queue, ["e1", "e9"])).toBe(1);
  expect(await letters.discard(queue, ["e2"])).toBe(1);
  await expect.poll(async () => [await depth(queue), await depth(dead)], within).toEqual([1, 2]);
  expect(await letters.resend(queue, [])).toBe(2);
  await expect.poll(async () => [await depth(queue), await depth(dead)], within).toEqual([3, 0]);
});

test("a queue that is none of ours is not touched", async () => {
  const { queue, dead } = await given(1);
  await expect(brokersDeadLetters(url).discard(queue, [])).rejects.toMatchObject({ kind: "not_found" });
  expect(await depth(dead)).toBe(1);
});

test("a broker that is not there is unavailable", async () => {
  const letters = brokersDeadLetters("amqp://127.0.0.1:1");
  await expect(letters.list()).rejects.toMatchObject({ kind: "unavailable" });
});
