import type { Logger } from "#common/logging";
import type { CloudEvent, EventBus } from "./ports.ts";

/** Where a {@link memoryBus} delivers: true when the event was handled, false to have it delivered again. */
export type Subscriber = (event: CloudEvent) => Promise<boolean>;

/** How a {@link memoryBus} tries again: after `firstMs`, then twice as long each time up to `mostMs`, `tries` in all. */
export type Retries = { firstMs: number; mostMs: number; tries: number };

/** A broker of one process, with what it gave up: the oldest first, the last {@link mostLetters} of them. */
export type MemoryBus = EventBus & {
  subscribe(topic: string, subscriber: Subscriber): void;
  deadLetters(): readonly CloudEvent[];
  /** Takes a dead letter away. @returns whether there was one. */
  discard(eventId: string): boolean;
};

/** Six minutes in all. */
const patient: Retries = { firstMs: 100, mostMs: 30_000, tries: 20 };

/** Beyond this many dead letters the oldest are forgotten. */
const mostLetters = 1_000;

/**
 * Every subscriber of a topic gets its own copy of an event, again and again until it is handled or was tried often
 * enough: then it is a dead letter, which is logged once. What was published together is delivered in one turn of the
 * event loop. An event that is published again while a subscriber's earlier copy is still tried gets no second copy:
 * an outbox that sends again since nothing happens must not multiply what does not work.
 */
export function memoryBus(logger: Pick<Logger, "error">, retries: Retries = patient): MemoryBus {
  const subscribers = new Map<string, { subscriber: Subscriber; waiting: Set<string> }[]>();
  const dead = new Map<string, CloudEvent>();

  function bury(event: CloudEvent): void {
    if (dead.has(event.id)) return;
    dead.set(event.id, event);
    const [oldest = ""] = dead.keys();
    if (dead.size > mostLetters) dead.delete(oldest);
    logger.error("event given up", { topic: event.type, eventId: event.id, tries: retries.tries });
  }

  return {
    subscribe(topic, subscriber) {
      subscribers.set(topic, [...(subscribers.get(topic) ?? []), { subscriber, waiting: new Set() }]);
    },
    deadLetters: () => [...dead.values()],
    discard: (eventId) => dead.delete(eventId),
    async publish(topic, events) {
      const copies = (subscribers.get(topic) ?? []).flatMap(({ subscriber, waiting }) => {
        const deliver = async (event: CloudEvent, tried: number): Promise<void> => {
          const handled = await subscriber(structuredClone(event)).catch(() => false);
          if (!handled && tried < retries.tries) {
            const pause = Math.min(retries.firstMs * 2 ** (tried - 1), retries.mostMs);
            setTimeout(() => void deliver(event, tried + 1), pause).unref();
            return;
          }
          waiting.delete(event.id);
          if (!handled) bury(event);
        };
        const fresh = events.filter(({ id }) => !waiting.has(id));
        for (const { id } of fresh) waiting.add(id);
        return fresh.map((event) => () => void deliver(structuredClone(event), 1));
      });
      setImmediate(() => {
        for (const deliver of copies) deliver();
      });
      return [];
    },
  };
}
