import type { CloudEvent, EventBus, Locks, StateStore } from "./ports.ts";
import { StateConflict } from "./ports.ts";

/** The state store in memory, for tests and the embedded way. */
export function memoryState(now: () => number = Date.now): StateStore {
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
      // As with Redis behind Dapr, an ETag on a missing key succeeds.
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

/** Where a {@link memoryBus} delivers: true when the event was handled, false to have it delivered again. */
export type Subscriber = (event: CloudEvent) => Promise<boolean>;

/** A broker of one process: every subscriber of a topic gets its own copy, again and again until it is handled. */
export function memoryBus(retryMs = 100): EventBus & { subscribe(topic: string, subscriber: Subscriber): void } {
  const subscribers = new Map<string, Subscriber[]>();
  const deliver = async (event: CloudEvent, subscriber: Subscriber): Promise<void> => {
    const handled = await subscriber(event).catch(() => false);
    if (!handled) setTimeout(() => void deliver(event, subscriber), retryMs).unref();
  };
  return {
    subscribe(topic, subscriber) {
      subscribers.set(topic, [...(subscribers.get(topic) ?? []), subscriber]);
    },
    async publish(topic, events) {
      for (const event of events) {
        for (const subscriber of subscribers.get(topic) ?? []) {
          setImmediate(() => void deliver(structuredClone(event), subscriber));
        }
      }
      return [];
    },
  };
}
