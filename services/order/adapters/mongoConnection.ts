import { setTimeout as delay } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import { watchLosses } from "./mongoLosses.ts";

/** MongoDB as this service holds it. */
export type MongoConnection = {
  readonly client: MongoClient;
  /** What the call ends in. @throws AppError "unavailable" after 4 s; it may then have had its effect all the same. */
  inTime<T>(call: Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** How long things may take, in milliseconds. */
const usual = {
  selectionMs: 1_500,
  connectMs: 2_000,
  heartbeatMs: 2_000,
  /** For whoever waits for a call. */
  callMs: 4_000,
  /** For a call to be given a connection: by then nobody waits for it any more. */
  queueMs: 4_000,
  /** For the driver to notice that a server does not answer a call. */
  socketMs: 10_000,
};

/**
 * Connects to MongoDB, and makes good what the driver (7.9) does when it writes to a socket that the server has ended
 * a moment before: it waits for ever for the socket to drain. A call that is lost so never ends; a heartbeat that is
 * lost so was the last one, and the client finds no server any more, however well it is. Either way the client is closed
 * and connected anew. That ends every call that is under way, so it happens for what is lost alone, never for what is slow.
 */
export function connectMongo(url: string, logger: Logger, times: Partial<typeof usual> = {}): MongoConnection {
  const { selectionMs, connectMs, heartbeatMs, callMs, queueMs, socketMs } = { ...usual, ...times };
  const client = new MongoClient(url, {
    retryWrites: false,
    serverSelectionTimeoutMS: selectionMs,
    connectTimeoutMS: connectMs,
    socketTimeoutMS: socketMs,
    waitQueueTimeoutMS: queueMs,
    heartbeatFrequencyMS: heartbeatMs,
  });
  let renewal: Promise<void> | undefined;
  let isClosed = false;

  async function renew(reason: string): Promise<void> {
    logger.warn("the connection to MongoDB is lost for good and made anew", { reason });
    while (!isClosed) {
      try {
        await client.close();
        await client.connect();
        return;
      } catch (error) {
        logger.warn("MongoDB does not answer", { reason: String(error) });
        await delay(1_000);
      }
    }
  }
  function lost(reason: string): void {
    if (isClosed) return;
    renewal ??= renew(reason).finally(() => {
      renewal = undefined;
    });
  }
  const limits = { heartbeatMs: heartbeatMs + 3 * connectMs, callMs: socketMs + 1_000, connectMs: 3 * connectMs };
  const losses = watchLosses(client, limits, lost);

  return {
    client,
    inTime(call) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new AppError("unavailable", "The order database does not answer")),
          callMs,
        );
        call.finally(() => clearTimeout(late)).then(resolve, reject);
      });
    },
    async close() {
      isClosed = true;
      losses.end();
      // It could connect the client again after it was closed.
      await renewal;
      await client.close();
    },
  };
}
