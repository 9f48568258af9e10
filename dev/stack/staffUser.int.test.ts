import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Channel, connect } from "amqplib";
import { expect, inject, onTestFinished, test } from "vitest";
import { loadSecrets } from "./secrets.ts";

const { rabbitmq, dataFolder } = inject("stack");
const [queue, letters] = [`staff-user-${randomUUID()}`, `dlq-staff-user-${randomUUID()}`];

async function channelTo(url: string): Promise<Channel> {
  const broker = await connect(url);
  broker.on("error", () => {});
  onTestFinished(() => void broker.close().catch(() => {}));
  const channel = await broker.createChannel();
  channel.on("error", () => {});
  return channel;
}

/** A queue and one of dead letters with a letter in it, made by the services' user; and the staff's own user. */
async function asStaff(): Promise<Channel> {
  const services = await channelTo(rabbitmq.url);
  for (const name of [queue, letters]) {
    await services.assertQueue(name, { autoDelete: false });
    onTestFinished(async () => void (await services.deleteQueue(name)));
  }
  services.sendToQueue(letters, Buffer.from("a letter"));
  const url = new URL(rabbitmq.url);
  url.username = "staff";
  url.password = loadSecrets(join(dataFolder, "secrets.json")).staffRabbitmqPassword;
  return channelTo(url.href);
}

test("the staff's broker user reads dead letters, and sends them to their queue", async () => {
  const channel = await asStaff();
  await expect
    .poll(async () => (await channel.get(letters, { noAck: true })) || undefined)
    .toMatchObject({ content: Buffer.from("a letter") });
  channel.sendToQueue(queue, Buffer.from("a letter"));
  await expect.poll(async () => (await channel.checkQueue(queue)).messageCount).toBe(1);
});

test.each<[string, (channel: Channel) => Promise<unknown>]>([
  ["read an event", (channel) => channel.get(queue)],
  ["empty a queue", (channel) => channel.purgeQueue(queue)],
  ["delete a queue", (channel) => channel.deleteQueue(letters)],
  ["make a queue", (channel) => channel.assertQueue(`${queue}-own`)],
  ["listen to all events", (channel) => channel.bindQueue(letters, "amq.topic", "#")],
])("the staff's broker user may not %s", async (_, act) => {
  await expect(act(await asStaff())).rejects.toThrow(/ACCESS_REFUSED/);
});

test("the staff's broker user may not announce anything", async () => {
  const channel = await asStaff();
  const refused = new Promise((resolve) => channel.on("error", resolve));
  channel.publish("amq.topic", "order.paid", Buffer.from("{}"));
  expect(String(await refused)).toMatch(/ACCESS_REFUSED/);
});
