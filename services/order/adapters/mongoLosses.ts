import type { MongoClient } from "mongodb";

/** By when each thing has ended one way or the other, unless the driver lost it; in milliseconds. */
export type LossLimits = { heartbeatMs: number; callMs: number; connectMs: number };

/** How often it is looked, in milliseconds: what is lost stays lost, so that nothing is missed in between. */
const everyMs = 500;

type Connection = { address: string; connectionId: number | string };

/**
 * Tells what the driver has lost: a call that was given a connection and gave it back neither with an answer nor with an
 * error, a connection that is for ever being made, a heartbeat without an end. How long a call waits for its turn, and
 * how often it is tried, says nothing: a server that is slow, or has no connection free, has lost nothing.
 */
export function watchLosses(client: MongoClient, limits: LossLimits, lost: (what: string) => void): { end(): void } {
  const underWay = new Map<string, { what: string; until: number }>();
  const begin = (what: string, ms: number) => (connection: Connection) =>
    void underWay.set(keyOf(what, connection), { what, until: performance.now() + ms });
  const end = (what: string) => (connection: Connection) => void underWay.delete(keyOf(what, connection));
  const [heartbeat, call, making] = ["a heartbeat", "a call", "a connection in the making"];

  client.on("connectionCheckedOut", begin(call, limits.callMs));
  client.on("connectionCheckedIn", end(call));
  client.on("connectionCreated", begin(making, limits.connectMs));
  client.on("connectionReady", end(making));
  client.on("connectionClosed", (connection) => {
    end(making)(connection);
    end(call)(connection);
  });
  client.on("serverHeartbeatStarted", ({ connectionId }) =>
    begin(heartbeat, limits.heartbeatMs)(monitor(connectionId)),
  );
  client.on("serverHeartbeatSucceeded", ({ connectionId }) => end(heartbeat)(monitor(connectionId)));
  client.on("serverHeartbeatFailed", ({ connectionId }) => end(heartbeat)(monitor(connectionId)));
  client.on("topologyClosed", () => underWay.clear());

  const timer = setInterval(() => {
    const now = performance.now();
    const late = [...underWay.values()].find(({ until }) => until < now);
    if (late === undefined) return;
    underWay.clear();
    lost(`${late.what} never ended`);
  }, everyMs).unref();
  return { end: () => clearInterval(timer) };
}

/** Ids are of a server's pool; what is made anew under the same id has replaced what was there. */
function keyOf(what: string, { address, connectionId }: Connection): string {
  return `${what} ${address} ${connectionId}`;
}

const monitor = (address: string): Connection => ({ address, connectionId: "monitor" });
