import { randomUUID } from "node:crypto";
import type { Locks } from "./ports.ts";
import { type DaprApi, unavailable } from "./sidecarApi.ts";

const storeName = "lockstore";

/** The locks of `components/lockstore.yaml`. */
export function sidecarLocks(api: DaprApi): Locks {
  return {
    async withLock(resourceId, expiryInSeconds, work) {
      const lock = { storeName, resourceId, lockOwner: randomUUID() };
      const { success } = await api.tryLockAlpha1({ ...lock, expiryInSeconds }).catch(unavailable("lock"));
      if (!success) return false;
      try {
        await work();
      } finally {
        // A lock that could not be given back ends by itself.
        await api.unlockAlpha1(lock).catch(() => undefined);
      }
      return true;
    },
  };
}
