import type { Logger } from "#common/logging";
import type { Announce, Announcement } from "./services.ts";

/** Events on their way to the broker. */
export type EventQueue = {
  /** Sends them soon and together with others. What is too much, or fails, stays in the outbox and is sent by its sweep. */
  add(announcements: readonly Announcement[]): void;
  /** Sends them now. @returns the ids of those that were not sent: they stay in the outbox. */
  send(announcements: readonly Announcement[]): Promise<ReadonlySet<string>>;
};

const largestBatch = 100;

/** Beyond this many, events wait in the store alone: a broker that is away must not fill the memory. */
const mostWaiting = 5_000;

/** A queue of events: one batch after the other leaves. */
export function eventQueue(announce: Announce, logger: Logger): EventQueue {
  const queue: Announcement[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    draining = true;
    while (queue.length > 0) await send(queue.splice(0, largestBatch));
    draining = false;
  }

  async function send(batch: readonly Announcement[]): Promise<ReadonlySet<string>> {
    if (batch.length === 0) return new Set();
    let reason: string | undefined;
    const failed = await announce(batch).catch((error) => {
      reason = String(error);
      return batch.map(({ entry }) => entry.id);
    });
    if (failed.length > 0) logger.warn("events stay in the outbox", { events: failed.length, reason });
    return new Set(failed);
  }

  return {
    add(announcements) {
      if (queue.length >= mostWaiting) return;
      queue.push(...announcements);
      if (!draining) void drain();
    },
    send,
  };
}
