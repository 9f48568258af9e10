import { randomBytes } from "node:crypto";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { placed, stamp } from "../testing/orders.ts";
import { mongoOrders } from "./mongoOrders.ts";

/** Orders behind a wire that can be cut. What was sent before the cut has its effect; no answer comes back. */
async function overWire() {
  const { hostname, port } = new URL(inject("stack").mongodbUrl);
  const sockets = new Set<Socket>();
  let [isCut, swallowing] = [false, false];
  const relay = createServer((client) => {
    if (isCut) return void client.destroy();
    const server = connect(Number(port), hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    client.on("data", (data) => void server.write(data)).on("close", () => server.destroy());
    server.on("data", (data) => void (swallowing ? client.destroy() : client.write(data)));
    server.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => void relay.listen(0, "127.0.0.1", resolve));
  const { port: relayPort } = relay.address() as AddressInfo;
  const address = `mongodb://127.0.0.1:${relayPort}/?retryWrites=false&retryReads=false&directConnection=true`;
  const client = new MongoClient(address, { serverSelectionTimeoutMS: 2_000 });
  const db = client.db(`order_test_${randomBytes(6).toString("hex")}`);
  const orders = await mongoOrders(db);
  onTestFinished(async () => {
    [isCut, swallowing] = [false, false];
    await db.dropDatabase();
    await client.close();
    relay.close();
  });
  return {
    orders,
    /** From now on the server does what it is asked, and its answers are lost with the connection. */
    swallow: () => {
      swallowing = true;
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      [isCut, swallowing] = [false, false];
    },
  };
}

const unavailable = { name: "AppError", kind: "unavailable" };

test("while MongoDB is away every call says that it is unavailable, and later they work again", async () => {
  const { orders, cut, mend } = await overWire();
  const order = placed();
  const { id } = order.snapshot;
  cut();
  const asked = [
    orders.add(order),
    orders.get(id),
    orders.list("ann", { limit: 1 }),
    orders.update(id, () => true),
    orders.claimDue(stamp().at, 1),
    orders.claimResting(stamp().at, 1),
    orders.outboxDepth(),
    orders.count("pending"),
  ];
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes).toMatchObject(asked.map(() => ({ status: "rejected", reason: unavailable })));
  mend();
  await expect.poll(() => orders.add(order).catch(() => "not yet")).toBe("added");
});

test("an order whose answer was lost is there, and is known when it comes again", async () => {
  const { orders, swallow, mend } = await overWire();
  const order = placed();
  swallow();
  await expect(orders.add(order)).rejects.toMatchObject(unavailable);
  mend();
  await expect.poll(() => orders.add(order).catch(() => "not yet")).toBe("exists");
  expect((await orders.get(order.snapshot.id))?.snapshot).toEqual(order.snapshot);
});
