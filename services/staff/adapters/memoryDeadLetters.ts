import type { MemoryBus } from "#common/dapr/memoryBus";
import { letterOf } from "#common/deadLetters/letter";
import { AppError } from "#common/errors";
import type { DeadLetters } from "./deadLetters.ts";

/** How many letters of a kind are shown. */
const mostShown = 100;

const queueOf = (type: string) => `dead-${type}`;

/** What the broker of one process gave up, by kind: it keeps no queue for each that hears of them. */
export function memoryDeadLetters(bus: MemoryBus): DeadLetters {
  const lettersOf = (queue: string) => bus.deadLetters().filter(({ type }) => queueOf(type) === queue);

  /** Takes letters away, and does something with each. */
  async function takeAway(queue: string, eventIds: readonly string[], then: (event: Event) => unknown) {
    const ids = new Set(eventIds);
    const letters = lettersOf(queue);
    if (letters.length === 0) throw new AppError("not_found", `There is no queue ${queue}`);
    const chosen = letters.filter(({ id }) => ids.size === 0 || ids.has(id));
    for (const event of chosen) if (bus.discard(event.id)) await then(event);
    return chosen.length;
  }

  return {
    async list() {
      const queues = new Set(bus.deadLetters().map(({ type }) => queueOf(type)));
      return [...queues].map((name) => {
        const letters = lettersOf(name);
        return { name, count: letters.length, letters: letters.slice(0, mostShown).map((one) => letter(name, one)) };
      });
    },
    resend: (queue, eventIds) => takeAway(queue, eventIds, (event) => bus.publish(event.type, [event])),
    discard: (queue, eventIds) => takeAway(queue, eventIds, () => undefined),
  };
}

type Event = ReturnType<MemoryBus["deadLetters"]>[number];

function letter(queue: string, event: Event) {
  return letterOf(queue, { content: Buffer.from(JSON.stringify(event)), properties: {} });
}
