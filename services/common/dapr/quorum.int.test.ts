import { type ChannelModel, connect } from "amqplib";
import express from "express";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { lookAt } from "#common/deadLetters/letters";
import { redrive } from "#common/deadLetters/redrive";
import { eventRoute } from "#common/eventRoute";
import { batchBody } from "#common/http/body";
import { type Listening, listen } from "#common/http/listen";
import { preferQuorum } from "../../../dev/stack/deadLettersByPolicy.ts";
import { epmd, management, rabbitmq, rabbitmqUrl, rabbitmqUser } from "../../../dev/stack/parts/rabbitmq.ts";
import { makeSecuredPlace, type Secured } from "../../../proof/testing/secured.ts";
import { securedSidecar } from "../../../proof/testing/securedSidecar.ts";
import { anEvent } from "./bus.suite.ts";
import { connectSidecar } from "./sidecar.ts";

const topic = "test.bus";
const queue = `testapp-${topic}`;
const within = { timeout: 60_000, interval: 100 };
let place: Secured;
let broker: ChannelModel;
let subscriber: Listening;
const seen: string[] = [];
const poison = new Set<string>();

beforeAll(async () => {
  place = await makeSecuredPlace();
  const { context, fleet } = place;
  await fleet.start("nameserver", epmd(context));
  await fleet.start("servers", rabbitmq(context));
  await preferQuorum(management(context), { virtualHost: "/", user: rabbitmqUser, of: [queue] });
  broker = await connect(rabbitmqUrl(context));
  const app = express();
  const bulkSubscribe = { enabled: true, maxMessagesCount: 100, maxAwaitDurationMs: 20 };
  const metadata = { rawPayload: "true", queueType: "quorum" };
  app.get("/dapr/subscribe", (_, response) => {
    response.json([{ pubsubname: "pubsub", topic, routes: { default: "/deliver" }, bulkSubscribe, metadata }]);
  });
  const deliver = async (event: unknown) => {
    const { id } = event as { id: string };
    seen.push(id);
    return poison.has(id) ? "retry" : "done";
  };
  app.post("/deliver", eventRoute(deliver, batchBody));
  subscriber = await listen(app, "127.0.0.1", 0);
  const ways = { rabbitmqUrl: rabbitmqUrl(context), quorum: true, appPort: subscriber.port };
  await fleet.start("sidecars", securedSidecar(place, ways));
}, 120_000);
afterAll(async () => {
  await broker.close();
  await place.end();
  await subscriber.close();
});

const bus = () => {
  const { ports, secrets } = place.context;
  return connectSidecar({ grpcPort: ports["testapp-dapr-grpc"], apiToken: secrets.daprApiToken }).events;
};
const letters = () => lookAt(broker, queue, () => true, 100);

/** One look at the dead letters, once so many are in their places: they are back there a moment after the look before. */
async function lettersOnce(count: number) {
  const channel = await broker.createChannel();
  const inPlace = async () => (await channel.checkQueue(`dlq-${queue}`)).messageCount;
  await vi.waitFor(async () => expect(await inPlace()).toBe(count), within);
  await channel.close();
  return letters();
}

async function typeOf(name: string): Promise<unknown> {
  return ((await management(place.context)("GET", `queues/%2F/${name}`)) as { type: unknown }).type;
}

test("in a virtual host of quorum queues events arrive by one, and its dead letters lie in a classic one", async () => {
  const events = [anEvent(topic), anEvent(topic)];
  await bus().publish(topic, events);
  await vi.waitFor(() => expect(seen).toEqual(expect.arrayContaining(events.map(({ id }) => id))), within);
  expect([await typeOf(queue), await typeOf(`dlq-${queue}`)]).toEqual(["quorum", "classic"]);
});

test("what the consumer gave up on dies by policy, is looked at however often, and goes back to its queue", async () => {
  const events = [anEvent(topic), anEvent(topic), anEvent(topic)];
  const ids = events.map(({ id }) => id);
  for (const id of ids) poison.add(id);
  await bus().publish(topic, events);
  const inOrder = (await lettersOnce(3)).map(({ id }) => id);
  expect(inOrder.toSorted()).toEqual(ids.toSorted());
  // A quorum queue would have dropped them after twenty.
  for (let look = 0; look < 25; look++) {
    const died = await lettersOnce(3);
    expect(died).toMatchObject(inOrder.map((id) => ({ id, reason: "rejected", deaths: 1 })));
  }

  const [id = ""] = inOrder;
  poison.delete(id);
  const before = seen.filter((one) => one === id).length;
  await redrive(broker, queue, { chosen: (letter) => letter.id === id, onDone: () => {} });
  await vi.waitFor(() => expect(seen.filter((one) => one === id)).toHaveLength(before + 1), within);
  expect((await lettersOnce(2)).map((letter) => letter.id)).toEqual(inOrder.slice(1));
}, 180_000);

test("a quorum queue of dead letters would forget them: each look counts towards its delivery limit", async () => {
  const [name, limit] = ["dlq-quorum", 3];
  const channel = await broker.createConfirmChannel();
  onTestFinished(() => channel.close());
  const types = { "x-queue-type": "quorum", "x-delivery-limit": limit };
  await channel.assertQueue(name, { durable: true, arguments: types });
  channel.sendToQueue(name, Buffer.from("{}"), { persistent: true });
  await channel.waitForConfirms();
  // A letter is back in its place a moment after it was looked at.
  const look = () =>
    vi.waitFor(async () => expect(await lookAt(broker, "quorum", () => true, 1)).toHaveLength(1), within);
  for (let looks = 0; looks <= limit; looks++) await look();
  await vi.waitFor(async () => expect((await channel.checkQueue(name)).messageCount).toBe(0), within);
});

test("a sidecar's own queue of dead letters is refused in such a virtual host, which is why there are policies", async () => {
  const channel = await broker.createChannel();
  channel.on("error", () => {});
  const lazy = channel.assertQueue("dlq-lazy", { durable: true, arguments: { "x-queue-mode": "lazy" } });
  await expect(lazy).rejects.toThrow(/x-queue-mode.*quorum/);
});
