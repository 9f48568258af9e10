import { type AddressInfo, connect, createServer } from "node:net";
import { type MongoClient, MongoNetworkError } from "mongodb";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { silentLogger } from "#common/logging";
import { connectMongo } from "./mongoConnection.ts";

/** As much of the driver's inside as it takes to bring its mistake about. */
type Held = { socket: { destroy(): void } };
type Server = {
  requestCheck(): void;
  monitor: {
    s: { state: string };
    connection: Held;
    monitorId: { toJSON(): { timeSinceLastCall: number } };
    emit(event: "resetServer", error: Error): void;
  };
  pool: { connections: { first(): Held } };
};

function serverOf(client: MongoClient): Server {
  const { topology } = client as unknown as { topology: { s: { servers: Map<string, Server> } } };
  const [server] = topology.s.servers.values();
  if (!server) throw new Error("the client knows no server");
  return server;
}

/** A connection that was used once, whose driver gives up soon. */
async function used() {
  const warn = vi.fn();
  const times = { selectionMs: 1_500, connectMs: 1_500, heartbeatMs: 1_000, callMs: 1_000, socketMs: 2_500 };
  const connection = connectMongo(inject("stack").mongodbUrl, { ...silentLogger, warn }, times);
  onTestFinished(() => connection.close());
  const ping = () => connection.inTime(connection.client.db("admin").command({ ping: 1 }));
  await ping();
  return { close: connection.close, ping, warn, server: serverOf(connection.client) };
}

const [again, soon] = [{ timeout: 40_000 }, { timeout: 20_000 }];

test("a call that the driver loses ends in time, and the next ones find the server", async () => {
  const { ping, warn, server } = await used();
  server.pool.connections.first().socket.destroy();
  await expect(ping()).rejects.toMatchObject({ name: "AppError", kind: "unavailable" });
  await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), soon);
  await vi.waitFor(ping, again);
});

test("a client whose last heartbeat is lost finds its server again", async () => {
  const { ping, warn, server } = await used();
  const { monitor } = server;
  // A check that is asked for sooner after the last one is put off.
  await vi.waitUntil(() => monitor.s.state === "idle" && monitor.monitorId.toJSON().timeSinceLastCall > 500, soon);
  monitor.connection.socket.destroy();
  server.requestCheck();
  monitor.emit("resetServer", new MongoNetworkError("a call found the server gone"));
  await expect(ping()).rejects.toThrow();
  expect(monitor.s.state).toBe("monitoring");
  await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), soon);
  await vi.waitFor(ping, again);
});

test("a connection that is closed while it is made anew stays closed", async () => {
  const { close, ping, warn, server } = await used();
  server.pool.connections.first().socket.destroy();
  await expect(ping()).rejects.toThrow();
  await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), { ...soon, interval: 1 });
  await close();
  await expect(ping()).rejects.toMatchObject({ name: "MongoNotConnectedError" });
});

/** A server behind a wire on which every answer takes `ms`; with one connection, and a driver that gives up soon. */
async function slow(ms: number) {
  const { hostname, port } = new URL(inject("stack").mongodbUrl);
  const wire = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.on("data", (data) => void server.write(data)).on("close", () => server.destroy());
    server.on("data", (data) => void setTimeout(() => client.writable && client.write(data), ms));
    for (const socket of [client, server]) socket.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => void wire.listen(0, "127.0.0.1", resolve));
  const url = `mongodb://127.0.0.1:${(wire.address() as AddressInfo).port}/?maxPoolSize=1&directConnection=true`;
  const warn = vi.fn();
  const times = {
    selectionMs: 5_000,
    connectMs: 5_000,
    heartbeatMs: 60_000,
    callMs: 2_000,
    queueMs: 60_000,
    socketMs: 2_500,
  };
  const connection = connectMongo(url, { ...silentLogger, warn }, times);
  const closed = vi.fn();
  connection.client.on("topologyClosed", closed);
  onTestFinished(async () => {
    await connection.close();
    wire.close();
  });
  const { client } = connection;
  await client.connect();
  return { ping: () => client.db("admin").command({ ping: 1 }), inTime: connection.inTime, warn, closed };
}

test("calls that wait long for a connection of a slow server have lost nothing, and the client stays", async () => {
  const { ping, inTime, warn, closed } = await slow(400);
  // The last one has waited for longer than any call may go without an answer.
  const calls = Array.from({ length: 9 }, ping);
  const told = await Promise.allSettled(calls.map(inTime));
  expect(told.at(-1)).toMatchObject({ status: "rejected", reason: { name: "AppError", kind: "unavailable" } });
  expect(await Promise.allSettled(calls)).toMatchObject(calls.map(() => ({ status: "fulfilled" })));
  expect(warn).not.toHaveBeenCalled();
  expect(closed).not.toHaveBeenCalled();
});
