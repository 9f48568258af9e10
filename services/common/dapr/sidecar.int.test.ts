import { randomUUID } from "node:crypto";
import type { ConfirmChannel, MessageProperties } from "amqplib";
import express from "express";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { withBroker, withChannel } from "#common/deadLetters/broker";
import { letterOf } from "#common/deadLetters/letter";
import { deadLetters } from "#common/deadLetters/letters";
import type { AppError } from "#common/errors";
import { eventRoute } from "#common/eventRoute";
import { batchBody } from "#common/http/body";
import { type Listening, listen } from "#common/http/listen";
import { type OwnServers, ownServers } from "../../../proof/testing/servers.ts";
import { anEvent, busContract } from "./bus.suite.ts";
import type { CloudEvent } from "./ports.ts";
import { connectSidecar, type Sidecar } from "./sidecar.ts";
import { lockContract, stateContract } from "./stateAndLock.suite.ts";

const stack = inject("stack");
const { testSidecar, daprApiToken: apiToken } = stack;
const shared = connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken });

stateContract("the state store of a real sidecar", shared.state);
stateContract("the store of a real sidecar that forgets nothing", shared.keep, "conflict");
lockContract("locks of a real sidecar", shared.locks);

let servers: OwnServers;
let subscriber: Listening | undefined;
beforeAll(async () => {
  servers = await ownServers(stack);
});
afterAll(async () => {
  await servers.end();
  await subscriber?.close();
});

busContract("the broker behind a real sidecar", async (topic, handle) => {
  const bulkSubscribe = { enabled: true, maxMessagesCount: 100, maxAwaitDurationMs: 20 };
  const metadata = { rawPayload: "true" };
  const app = express();
  app.get("/dapr/subscribe", (_, response) => {
    response.json([{ pubsubname: "pubsub", topic, routes: { default: "/deliver" }, bulkSubscribe, metadata }]);
  });
  const deliver = async (event: unknown) => ((await handle(event as CloudEvent)) ? "done" : "retry");
  app.post("/deliver", eventRoute(deliver, batchBody));
  subscriber = await listen(app, "127.0.0.1", 0);
  await servers.fleet.start("sidecars", servers.sidecar(subscriber.port));
  const bus = connectSidecar({ grpcPort: servers.ports["testapp-dapr-grpc"], apiToken }).events;
  return { bus, deadLetters: () => onChannel(deadIds) };
});

const queue = "testapp-test.bus";
const onChannel = <T>(work: (channel: ConfirmChannel) => Promise<T>) =>
  withBroker(stack.rabbitmq.url, (broker) => withChannel(broker, work));

/** They go back to their places when the channel closes. */
async function deadIds(channel: ConfirmChannel): Promise<string[]> {
  const ids: string[] = [];
  for await (const { letter } of deadLetters(channel, queue)) ids.push(letter.id);
  return ids;
}

test("what is not JSON in a batch of events is a dead letter, and not acknowledged with them", async () => {
  const bytes = Buffer.from(`not an event ${randomUUID()}`);
  const { id } = letterOf(queue, { content: bytes, properties: { headers: {} } as MessageProperties });
  const events = Array.from({ length: 9 }, () => Buffer.from(JSON.stringify(anEvent("test.bus"))));
  await onChannel(async (channel) => {
    for (const content of [...events.slice(0, 4), bytes, ...events.slice(4)]) channel.sendToQueue(queue, content);
    await channel.waitForConfirms();
  });
  await vi.waitFor(async () => expect(await onChannel(deadIds)).toContain(id), { timeout: 90_000 });
}, 120_000);

describe("a sidecar that is away", () => {
  const event = anEvent("test.bus");
  const asks = ({ events, locks, state }: Sidecar) => [
    events.publish("test.bus", [event]),
    locks.withLock("away", 1, async () => {}),
    state.get("away"),
    state.save("away", 1),
  ];
  const own = () => connectSidecar({ grpcPort: servers.ports["testapp-dapr-grpc"], apiToken, timeoutMs: 2_000 });
  const outcomes = async (sidecar: Sidecar) => (await Promise.allSettled(asks(sidecar))).map(({ status }) => status);
  const refusals = (sidecar: Sidecar) =>
    Promise.all(asks(sidecar).map((asked) => asked.then(String, ({ kind }: AppError) => kind)));

  test("is unavailable when it was killed, and serves the same client when it is back", async () => {
    const sidecar = own();
    expect(await outcomes(sidecar)).toEqual(["fulfilled", "fulfilled", "fulfilled", "fulfilled"]);
    await servers.fleet.kill("testapp-dapr");
    expect(await refusals(sidecar)).toEqual(["unavailable", "unavailable", "unavailable", "unavailable"]);
    await servers.fleet.restart("testapp-dapr");
    // It is called again within a second of its return, not at once.
    await expect.poll(() => outcomes(sidecar)).toEqual(["fulfilled", "fulfilled", "fulfilled", "fulfilled"]);
  });

  test("is unavailable within the time limit when it hangs, and serves the same client when it goes on", async () => {
    const sidecar = own();
    expect(await outcomes(sidecar)).toEqual(["fulfilled", "fulfilled", "fulfilled", "fulfilled"]);
    const pid = servers.fleet.pids["testapp-dapr"] ?? 0;
    process.kill(pid, "SIGSTOP");
    onTestFinished(() => void process.kill(pid, "SIGCONT"));
    const asked = performance.now();
    expect(await refusals(sidecar)).toEqual(["unavailable", "unavailable", "unavailable", "unavailable"]);
    expect(performance.now() - asked).toBeLessThan(30_000);
    process.kill(pid, "SIGCONT");
    await vi.waitFor(async () => expect(await outcomes(sidecar)).not.toContain("rejected"), { timeout: 40_000 });
  });

  test("with another token is unavailable, and nothing is stored", async () => {
    const stranger = connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: "0123456789abcdef" });
    expect(await refusals(stranger)).toEqual(["unavailable", "unavailable", "unavailable", "unavailable"]);
  });

  test("a topic that the app may not publish to is an error", async () => {
    await expect(shared.events.publish("order.paid", [event])).rejects.toMatchObject({ kind: "unavailable" });
  });
});
