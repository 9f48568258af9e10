import {
  StateOptions_StateConcurrency as Concurrency,
  StateOptions_StateConsistency as Consistency,
} from "@dapr/dapr/proto/dapr/proto/common/v1/common_pb.js";
import { status } from "@grpc/grpc-js";
import { batched } from "#common/batch";
import { keptKey } from "./keptKey.ts";
import { type SaveOptions, StateConflict, type StateStore } from "./ports.ts";
import { type DaprApi, unavailable } from "./sidecarApi.ts";

/** A store behind the sidecar: its component's name, and how it is told a key. */
export type Store = { storeName: string; keyOf: (key: string) => string };

/** Redis, which may be emptied: what is here can be learned again. */
export const stateStore: Store = { storeName: "statestore", keyOf: escapeBars };

/** Dapr refuses a key with two bars, and with it all that is in the same call. No other two keys become one by this. */
function escapeBars(key: string): string {
  return key.replaceAll("%", "%25").replaceAll("|", "%7C");
}

/** MySQL: what nobody may forget. */
export const keepStore: Store = { storeName: "keepstore", keyOf: keptKey };

/** How often a save is tried again that the database gave up for the sake of another one. */
const mostTries = 5;

/** The most reads, or saves, that leave in one call. */
const most = 100;

type Found = { data: Uint8Array; etag: string; error?: string };
type Save = { key: string; json: string; options: SaveOptions };

/**
 * A store of `components/`. Reads that are asked for together leave as one call, and so do saves; a lone one is a call
 * of its own, as ever.
 */
export function sidecarState(api: DaprApi, { storeName, keyOf }: Store = stateStore): StateStore {
  const readAlone = (key: string): Promise<Found> => api.getState({ storeName, key }).catch(unavailable("read state"));

  async function readAll(keys: readonly string[]): Promise<Found[]> {
    const [key = ""] = keys;
    if (keys.length === 1) return [await readAlone(key)];
    const asked = { storeName, keys: [...new Set(keys)], parallelism: most };
    const { items } = await api.getBulkState(asked).catch(unavailable("read state"));
    const found = new Map(items.map((item) => [item.key, item]));
    return keys.map((one) => found.get(one) ?? { data: new Uint8Array(), etag: "", error: "no answer" });
  }

  const send = (saves: readonly Save[]) => api.saveState({ storeName, states: saves.map(itemOf) });

  const saveAlone = (save: Save, tries = 1): Promise<unknown> =>
    send([save]).catch((cause: unknown) => {
      if (isConflict(cause)) throw new StateConflict(save.key, { cause });
      if (isDeadlock(cause) && tries < mostTries) return saveAlone(save, tries + 1);
      return unavailable("write state")(cause);
    });

  /** A save of many stores what it can and names one that failed, if any: then each is looked at for itself. */
  async function saveAll(saves: readonly Save[]): Promise<PromiseSettledResult<unknown>[]> {
    const [first] = saves;
    if (first && saves.length === 1) return Promise.allSettled([saveAlone(first)]);
    try {
      await send(saves);
      return saves.map(() => ({ status: "fulfilled", value: undefined }));
    } catch (cause) {
      if (hasNoAnswer(cause)) unavailable("write state")(cause);
    }
    const stored = await readAll(saves.map(({ key }) => key));
    const made = new Set<string>();
    return Promise.allSettled(
      saves.map((save, index) => {
        // Of two who would store the same on one version only one was first: the other has to hear that it was not.
        if (made.has(save.key) || !isStored(save, stored[index])) return saveAlone(save);
        made.add(save.key);
        return undefined;
      }),
    );
  }

  const read = batched(readAll, most);
  const write = batched(saveAll, most);

  return {
    async get<T>(name: string) {
      const key = keyOf(name);
      const { data, etag, error } = await read(key);
      if (error) unavailable("read state")(new Error(error));
      return etag ? { value: JSON.parse(Buffer.from(data).toString()) as T, etag } : undefined;
    },

    async save(name, value, options = {}) {
      const key = keyOf(name);
      const save = { key, json: JSON.stringify(value), options };
      const result = await write(save);
      if (result.status === "rejected") throw result.reason;
    },
  };
}

function itemOf({ key, json, options: { etag, create, ttlSeconds } }: Save) {
  const concurrency = etag || create ? Concurrency.CONCURRENCY_FIRST_WRITE : Concurrency.CONCURRENCY_LAST_WRITE;
  return {
    key,
    value: Buffer.from(json),
    ...(etag ? { etag: { value: etag } } : {}),
    options: { concurrency, consistency: Consistency.CONSISTENCY_STRONG },
    // Without it an earlier save's time would go on running.
    metadata: { ttlInSeconds: String(ttlSeconds ?? -1) },
  };
}

/** A save with a condition that was made although its batch failed: made again, it would be in conflict with itself. */
function isStored({ json, options: { etag, create } }: Save, found: Found | undefined): boolean {
  if (!(etag || create) || !found?.etag || found.error || found.etag === etag) return false;
  return Buffer.from(found.data).toString() === json;
}

/** A first write on a key that exists is no ETag error for Dapr's Redis store: its script just fails. */
function isConflict(cause: unknown): boolean {
  return /etag mismatch|user_script.*failed to set key/s.test(String(cause));
}

/** Two who create the same key at once hold what the other one waits for; MySQL then ends one of them. */
function isDeadlock(cause: unknown): boolean {
  return String(cause).includes("Error 1213");
}

/** The sidecar is away or too slow: asking for each alone would only take longer. */
function hasNoAnswer(cause: unknown): boolean {
  const { code } = cause as { code?: status };
  return code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED || code === status.UNAUTHENTICATED;
}
