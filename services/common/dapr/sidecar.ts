import { randomUUID } from "node:crypto";
import { Code, ConnectError } from "@connectrpc/connect";
import { CommunicationProtocolEnum, DaprClient, StateConcurrencyEnum, StateConsistencyEnum } from "@dapr/dapr";
import { AppError } from "#common/errors";
import { inSpan } from "#common/tracing";
import { type EventBus, type Locks, StateConflict, type StateStore } from "./ports.ts";

/** Where the own sidecar is and the token that its API demands. */
export type SidecarOptions = { grpcPort: number; apiToken: string; timeoutMs?: number };

/** The names of Dapr's components, as in `components/`. */
const pubsub = "pubsub";
const stateStore = "statestore";
const lockStore = "lockstore";

/** What a service asks of its sidecar beside calling others. */
export type Sidecar = { events: EventBus; state: StateStore; locks: Locks };

/**
 * The own sidecar through Dapr's SDK. It speaks gRPC, where failures reject (over HTTP some resolve with `{error}`),
 * and adds what the SDK lacks: a time limit on every call, errors of our kinds, ETags on reads.
 * Every call may throw an {@link AppError} of kind "unavailable".
 */
export function connectSidecar({ grpcPort, apiToken, timeoutMs = 5_000 }: SidecarOptions): Sidecar {
  const client = new DaprClient({
    daprHost: "127.0.0.1",
    daprPort: String(grpcPort),
    daprApiToken: apiToken,
    communicationProtocol: CommunicationProtocolEnum.GRPC,
    logger: { level: 0 },
  });
  const call = <T>(what: string, work: () => Promise<T>) => withinTime(what, timeoutMs, work);

  const events: EventBus = {
    publish: (topic, batch) =>
      inSpan(
        `publish ${topic}`,
        { kind: "PRODUCER", attributes: { "messaging.batch.message_count": batch.length } },
        () =>
          call(`publish to ${topic}`, async () => {
            const entries = batch.map((event) => ({
              entryID: event.id,
              event,
              contentType: "application/cloudevents+json",
              metadata: {},
            }));
            const { failedMessages } = await client.pubsub.publishBulk(pubsub, topic, entries);
            return failedMessages.flatMap(({ message }) => message.entryID ?? []);
          }),
      ),
  };

  const state: StateStore = {
    async get<T>(key: string) {
      // get() drops the ETag, getBulk() keeps it.
      const [item] = await call("read state", () => client.state.getBulk(stateStore, [key]));
      return item?.etag ? { value: item.data as T, etag: item.etag } : undefined;
    },
    async save(key, value, { etag, create, ttlSeconds } = {}) {
      const concurrency =
        etag || create ? StateConcurrencyEnum.CONCURRENCY_FIRST_WRITE : StateConcurrencyEnum.CONCURRENCY_LAST_WRITE;
      await call("write state", () =>
        client.state.save(stateStore, [
          {
            key,
            value: value as object,
            ...(etag ? { etag } : {}),
            options: { concurrency, consistency: StateConsistencyEnum.CONSISTENCY_STRONG },
            metadata: { ttlInSeconds: String(ttlSeconds ?? -1) },
          },
        ]),
      );
    },
  };

  const locks: Locks = {
    async withLock(resource, seconds, work) {
      const owner = randomUUID();
      const { success } = await call("lock", () => client.lock.lock(lockStore, resource, owner, seconds));
      if (!success) return false;
      try {
        await work();
      } finally {
        // A lock that could not be given back ends by itself.
        await call("unlock", () => client.lock.unlock(lockStore, resource, owner)).catch(() => undefined);
      }
      return true;
    },
  };
  return { events, state, locks };
}

async function withinTime<T>(what: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("unavailable", `The sidecar took too long to ${what}`)), timeoutMs);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } catch (error) {
    throw translated(what, error);
  } finally {
    clearTimeout(timer);
  }
}

function translated(what: string, error: unknown): unknown {
  if (error instanceof AppError) return error;
  const cause = error instanceof Error ? error : (error as { error?: unknown }).error;
  if (cause instanceof Error && "code" in cause && cause.code === Code.Aborted) return new StateConflict(cause.message);
  const message = ConnectError.from(cause).message;
  // A first write on a key that exists is no ETag error for Dapr's Redis store: its script just fails.
  if (/etag mismatch|user_script.*failed to set key/s.test(message)) return new StateConflict(message);
  return new AppError("unavailable", `The sidecar could not ${what}`, {}, { cause });
}
