import type { Locks, StateStore } from "./ports.ts";
import { StateConflict } from "./ports.ts";

/** The state store in memory, for tests and the embedded way. */
export function memoryState(now: () => number = Date.now): StateStore {
  return memoryStore(now, true);
}

/** The store that forgets nothing, in memory: there an ETag on a missing key is in conflict, as with MySQL behind Dapr. */
export function memoryKeep(now: () => number = Date.now): StateStore {
  return memoryStore(now, false);
}

/** `takesGone`: as with Redis behind Dapr, an ETag on a missing key succeeds. */
function memoryStore(now: () => number, takesGone: boolean): StateStore {
  const entries = new Map<string, { json: string; version: number; expiresAt: number }>();
  const alive = (key: string) => {
    const entry = entries.get(key);
    return entry && entry.expiresAt > now() ? entry : undefined;
  };
  return {
    async get<T>(key: string) {
      const entry = alive(key);
      return entry && { value: JSON.parse(entry.json) as T, etag: String(entry.version) };
    },
    async save(key, value, { etag, create, ttlSeconds } = {}) {
      const entry = alive(key);
      if (!entry && etag !== undefined && !takesGone) throw new StateConflict(key);
      if (entry && (create || (etag !== undefined && etag !== String(entry.version)))) throw new StateConflict(key);
      const expiresAt = ttlSeconds === undefined ? Number.POSITIVE_INFINITY : now() + ttlSeconds * 1000;
      entries.set(key, { json: JSON.stringify(value), version: (entry?.version ?? 0) + 1, expiresAt });
    },
  };
}

/** Locks of one process. */
export function memoryLocks(now: () => number = Date.now): Locks {
  const held = new Map<string, { expiresAt: number }>();
  return {
    async withLock(resource, seconds, work) {
      const other = held.get(resource);
      if (other && other.expiresAt > now()) return false;
      const mine = { expiresAt: now() + seconds * 1000 };
      held.set(resource, mine);
      try {
        await work();
      } finally {
        if (held.get(resource) === mine) held.delete(resource);
      }
      return true;
    },
  };
}
