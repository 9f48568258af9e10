import type { ChannelModel, ConfirmChannel, GetMessage } from "amqplib";
import { withChannel } from "#common/deadLetters/broker";
import { type Letter, letterOf } from "#common/deadLetters/letter";

/** The dead-letter queue of a consumer's queue. */
export function deadLetterQueue(queue: string): string {
  return `dlq-${queue}`;
}

/**
 * The dead letters of a queue, oldest first; none when there is no such queue. Those that die meanwhile are not
 * among them. Each is held until it is acknowledged or the channel closes, and until then no one else gets it.
 */
export async function* deadLetters(
  channel: ConfirmChannel,
  queue: string,
): AsyncGenerator<{ message: GetMessage; letter: Letter; count: number }> {
  const name = deadLetterQueue(queue);
  const count = await depth(channel, name);
  for (let seen = 0; seen < count; seen++) {
    const message = await channel.get(name);
    if (!message) return;
    yield { message, letter: letterOf(queue, message), count };
  }
}

/** Whether the broker keeps dead letters for a queue: of one that nobody has heard of there are none either. */
export function hasDeadLetterQueue(broker: ChannelModel, queue: string): Promise<boolean> {
  return withChannel(broker, async (channel) => (await lengthOf(channel, deadLetterQueue(queue))) !== undefined);
}

async function depth(channel: ConfirmChannel, name: string): Promise<number> {
  return (await lengthOf(channel, name)) ?? 0;
}

/** How many messages lie in a queue; undefined: there is no such queue. */
async function lengthOf(channel: ConfirmChannel, name: string): Promise<number | undefined> {
  try {
    return (await channel.checkQueue(name)).messageCount;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === 404) return undefined;
    throw error;
  }
}

/** How many dead letters a queue has, and when the oldest of them died. */
export type Depth = { queue: string; letters: number; oldest: Date | undefined };

/** Counts, and looks at the oldest. Nothing is changed. */
export function depthOf(broker: ChannelModel, queue: string): Promise<Depth> {
  return withChannel(broker, async (channel) => {
    for await (const { letter, count } of deadLetters(channel, queue)) {
      return { queue, letters: count, oldest: letter.diedAt };
    }
    return { queue, letters: 0, oldest: undefined };
  });
}

/** The chosen dead letters of a queue, at most `limit`. Nothing is changed. */
export function lookAt(
  broker: ChannelModel,
  queue: string,
  chosen: (letter: Letter) => boolean,
  limit: number,
): Promise<Letter[]> {
  return withChannel(broker, async (channel) => {
    const letters: Letter[] = [];
    if (limit <= 0) return letters;
    for await (const { letter } of deadLetters(channel, queue)) {
      if (chosen(letter)) letters.push(letter);
      if (letters.length >= limit) break;
    }
    return letters;
  });
}

/** How many dead letters a queue has, and the oldest of them, at most `limit`. Nothing is changed. */
export function countAndLookAt(
  broker: ChannelModel,
  queue: string,
  limit: number,
): Promise<{ name: string; count: number; letters: Letter[] }> {
  return withChannel(broker, async (channel) => {
    const letters: Letter[] = [];
    let total = 0;
    for await (const { letter, count } of deadLetters(channel, queue)) {
      total = count;
      letters.push(letter);
      if (letters.length >= limit) break;
    }
    return { name: queue, count: total, letters };
  });
}
