import { randomBytes } from "node:crypto";
import { type Channel, type ChannelModel, connect } from "amqplib";
import { beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { runDlq, startDlq } from "../../proof/testing/dlq.ts";
import { silencedBroker } from "../../proof/testing/silencedBroker.ts";

const { url } = inject("stack").rabbitmq;
const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const within = { timeout: 60_000, interval: 50 };
let broker: ChannelModel;
let channel: Channel;

beforeAll(async () => {
  broker = await connect(url);
  channel = await broker.createChannel();
  return () => broker.close();
});

/** A consumer's queue whose consumer gave up on so many events, e0 and on. */
async function deadEvents(count: number, options: { maxLength?: number; arguments?: object } = {}) {
  const queue = `${randomBytes(4).toString("hex")}-order.paid`;
  const dead = `dlq-${queue}`;
  await channel.assertQueue(dead);
  await channel.assertQueue(queue, { deadLetterExchange: "", deadLetterRoutingKey: dead, ...options });
  onTestFinished(async () => {
    for (const name of [queue, dead]) await channel.deleteQueue(name);
  });
  const ids = Array.from({ length: count }, (_, index) => `e${index}`);
  for (const id of ids) {
    const data = { meta: { eventId: id, version: 1, traceparent }, orderId: `order of ${id}` };
    const event = { specversion: "1.0", id, source: "test", type: "order.paid", traceparent, data };
    channel.sendToQueue(queue, Buffer.from(JSON.stringify(event)), { headers: { mine: id }, contentType: "x/y" });
  }
  const { consumerTag } = await channel.consume(queue, (message) => message && channel.nack(message, false, false));
  await expect.poll(() => depth(dead), within).toBe(count);
  await channel.cancel(consumerTag);
  return { queue, dead, ids };
}

async function depth(queue: string): Promise<number> {
  return (await channel.checkQueue(queue)).messageCount;
}

/** What lies in a queue, in its order; it stays there. */
async function lying(queue: string) {
  const looking = await broker.createChannel();
  const messages = [];
  for (;;) {
    const message = await looking.get(queue);
    if (!message) break;
    messages.push(message);
  }
  await looking.close();
  return messages;
}

async function idsIn(queue: string): Promise<string[]> {
  return (await lying(queue)).map(({ content }) => (JSON.parse(content.toString()) as { id: string }).id);
}

test("list says how many dead letters a queue has, and since when", async () => {
  const { queue } = await deadEvents(3);
  const { code, output } = await runDlq(url, "list", "--queue", queue, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(output)).toEqual([{ queue, letters: 3, oldest: expect.stringMatching(/^20\d\d-/) }]);
  expect((await runDlq(url, "list", "--queue", queue)).output).toMatch(new RegExp(`${queue} +3 +\\d+ s`));
});

test("a queue that nobody has is refused with those that there are, as it would look empty", async () => {
  for (const words of [["list"], ["show"], ["redrive", "--all"]]) {
    const { code, output } = await runDlq(url, ...words, "--queue", "nobody-order.paid");
    expect([code, output]).toEqual([
      2,
      expect.stringMatching(/^No consumer has a queue "nobody-order\.paid": payment-/),
    ]);
  }
});

test("a consumer's own queue is looked into whether it is there yet or not", async () => {
  const { code, output } = await runDlq(url, "list", "--queue", "kitchen-order.paid");
  expect([code, output]).toEqual([0, expect.stringMatching(/kitchen-order\.paid +\d+/)]);
});

test("show decodes the events and leaves them where they are, in their order", async () => {
  const { queue, dead, ids } = await deadEvents(3);
  const { code, output } = await runDlq(url, "show", "--queue", queue, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject(
    ids.map((id) => ({ id, queue, reason: "rejected", deaths: 1, event: { orderId: `order of ${id}` } })),
  );
  const { output: text } = await runDlq(url, "show", "--queue", queue, "--id", "e1");
  expect(text).toContain("0af7651916cd43dd8448eb211c80319c");
  expect(text).not.toContain("order of e0");
  await expect.poll(() => idsIn(dead), within).toEqual(ids);
});

describe("redrive", () => {
  test("puts the chosen ones back on their own queue as they were published; the others stay in their order", async () => {
    const { queue, dead } = await deadEvents(5);
    const { code, output } = await runDlq(url, "redrive", "--queue", queue, "--id", "e3", "e1");
    expect({ code, output }).toEqual({ code: 0, output: `  ${queue}: 2 put back\n` });
    await expect.poll(() => idsIn(dead), within).toEqual(["e0", "e2", "e4"]);
    const [first, second] = await lying(queue);
    expect(second?.properties.headers).toMatchObject({ mine: "e3" });
    expect(first?.properties).toMatchObject({ contentType: "x/y", deliveryMode: 2, headers: { mine: "e1" } });
    expect(JSON.parse(String(first?.content))).toMatchObject({ id: "e1", traceparent });
  });

  test("lets the retries count anew and keeps the record of the deaths", async () => {
    const { queue } = await deadEvents(1);
    await runDlq(url, "redrive", "--queue", queue, "--all");
    const [message] = await lying(queue);
    const headers: Record<string, unknown> = message?.properties.headers ?? {};
    expect(Object.keys(headers).filter((name) => /x-(death|first|last)/.test(name))).toEqual([]);
    expect(headers["x-former-deaths"]).toMatchObject([{ queue, reason: "rejected", count: 1 }]);
  });

  test("--dry-run names them and moves none", async () => {
    const { queue, dead, ids } = await deadEvents(2);
    const { output } = await runDlq(url, "redrive", "--queue", queue, "--all", "--dry-run");
    expect(output).toBe(ids.map((id) => `  ${queue}  ${id}  order.paid\n`).join(""));
    await expect.poll(async () => [await depth(queue), await depth(dead)], within).toEqual([0, 2]);
  });

  test("of an id that no dead letter has fails and says so", async () => {
    const { queue } = await deadEvents(1);
    const { code, output } = await runDlq(url, "redrive", "--queue", queue, "--id", "e0", "e7");
    expect(code).toBe(1);
    expect(output).toContain("No dead letter has the id e7");
    await expect.poll(() => depth(queue), within).toBe(1);
  });

  test("to a queue that is gone leaves the dead letters where they are", async () => {
    const { queue, dead, ids } = await deadEvents(2);
    await channel.deleteQueue(queue);
    const { code, output } = await runDlq(url, "redrive", "--queue", queue, "--all");
    expect(code).toBe(1);
    expect(output).toContain(`There is no queue ${queue}`);
    await expect.poll(() => idsIn(dead), within).toEqual(ids);
  });

  test("that the broker refuses leaves the dead letters where they are", async () => {
    const full = { maxLength: 1, arguments: { "x-overflow": "reject-publish" } };
    const { queue, dead, ids } = await deadEvents(1, full);
    channel.sendToQueue(queue, Buffer.from("in the way"));
    await expect.poll(() => depth(queue), within).toBe(1);
    expect((await runDlq(url, "redrive", "--queue", queue, "--all")).code).toBe(1);
    await expect.poll(() => idsIn(dead), within).toEqual(ids);
  });

  test("killed half-way leaves some twice and none lost, and the next one finishes the work", async () => {
    const { queue, dead, ids } = await deadEvents(350);
    const { child, ended } = startDlq(await silencedBroker(url, 150), "redrive", "--queue", queue, "--all");
    // The second hundred is on its queue, and who sent it waits for a confirmation that never comes.
    await expect.poll(() => depth(queue), within).toBe(200);
    child.kill("SIGKILL");
    await ended;
    await expect.poll(() => depth(dead), within).toBe(250);
    const all = async () => [...(await idsIn(queue)).slice(0, 100), ...(await idsIn(dead))];
    await expect.poll(all, within).toEqual(ids);
    expect((await runDlq(url, "redrive", "--queue", queue, "--all")).code).toBe(0);
    await expect.poll(() => depth(dead), within).toBe(0);
    await expect.poll(async () => new Set(await idsIn(queue)), within).toEqual(new Set(ids));
    await expect.poll(() => depth(queue), within).toBe(450);
  });
});

describe("discard", () => {
  test("throws away the chosen ones alone", async () => {
    const { queue, dead } = await deadEvents(3);
    expect((await runDlq(url, "discard", "--queue", queue, "--id", "e1")).code).toBe(0);
    await expect.poll(async () => [await idsIn(dead), await idsIn(queue)], within).toEqual([["e0", "e2"], []]);
  });

  test("of all of them wants a yes", async () => {
    const { queue, dead } = await deadEvents(2);
    expect((await runDlq(url, "discard", "--queue", queue, "--all")).code).toBe(2);
    await expect.poll(() => depth(dead), within).toBe(2);
    expect((await runDlq(url, "discard", "--queue", queue, "--all", "--yes")).code).toBe(0);
    await expect.poll(() => depth(dead), within).toBe(0);
  });
});

test("without a broker it says so", async () => {
  const { code, output } = await runDlq("amqp://127.0.0.1:1", "list");
  expect(code).toBe(1);
  expect(output).toContain("ECONNREFUSED");
});
