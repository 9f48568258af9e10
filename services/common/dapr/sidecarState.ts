import {
  StateOptions_StateConcurrency as Concurrency,
  StateOptions_StateConsistency as Consistency,
} from "@dapr/dapr/proto/dapr/proto/common/v1/common_pb.js";
import { StateConflict, type StateStore } from "./ports.ts";
import { type DaprApi, unavailable } from "./sidecarApi.ts";

const storeName = "statestore";

/** The state store of `components/statestore.yaml`. */
export function sidecarState(api: DaprApi): StateStore {
  return {
    async get<T>(key: string) {
      const { data, etag } = await api.getState({ storeName, key }).catch(unavailable("read state"));
      return etag ? { value: JSON.parse(Buffer.from(data).toString()) as T, etag } : undefined;
    },

    async save(key, value, { etag, create, ttlSeconds } = {}) {
      const concurrency = etag || create ? Concurrency.CONCURRENCY_FIRST_WRITE : Concurrency.CONCURRENCY_LAST_WRITE;
      const item = {
        key,
        value: Buffer.from(JSON.stringify(value)),
        ...(etag ? { etag: { value: etag } } : {}),
        options: { concurrency, consistency: Consistency.CONSISTENCY_STRONG },
        // Without it an earlier save's time would go on running.
        metadata: { ttlInSeconds: String(ttlSeconds ?? -1) },
      };
      await api.saveState({ storeName, states: [item] }).catch((cause: unknown) => {
        if (isConflict(cause)) throw new StateConflict(key, { cause });
        unavailable("write state")(cause);
      });
    },
  };
}

/** A first write on a key that exists is no ETag error for Dapr's Redis store: its script just fails. */
function isConflict(cause: unknown): boolean {
  return /etag mismatch|user_script.*failed to set key/s.test(String(cause));
}
