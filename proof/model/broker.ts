import type { CloudEvent, EventBus } from "#common/dapr/ports";

/** A queue of one consumer: the app and the topic, as the broker names it. */
export const queueNames = ["payment-order.created", "order-order.paid", "kitchen-order.paid"] as const;

export type QueueName = (typeof queueNames)[number];

/** A broker in which nothing moves by itself: the test says what is delivered when, twice, late, or lost. */
export type Broker = EventBus & { readonly queues: Readonly<Record<QueueName, CloudEvent[]>> };

/** A broker with empty queues. */
export function createBroker(): Broker {
  const queues: Record<QueueName, CloudEvent[]> = {
    "payment-order.created": [],
    "order-order.paid": [],
    "kitchen-order.paid": [],
  };
  return {
    queues,
    async publish(topic, events) {
      for (const name of queueNames) {
        if (name.endsWith(`-${topic}`)) queues[name].push(...structuredClone(events));
      }
      return [];
    },
  };
}
