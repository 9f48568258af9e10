import type { Api } from "../api/client.ts";
import { isPassing } from "../api/errors.ts";
import type { Order } from "../api/types.ts";
import type { OpenEvents } from "./events.ts";
import { isFinal } from "./status.ts";

/** Runs something later; returns the way to call it off. */
export type Clock = { after(ms: number, act: () => void): () => void };

/** The browser's own clock. */
export const timers: Clock = {
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

export type WatchOptions = {
  api: Pick<Api, "order" | "eventsUrl">;
  /** Undefined where the browser has no server-sent events. */
  openEvents: OpenEvents | undefined;
  clock: Clock;
  /** Called for every newer version of the order, and when it is known anew about when the meal is ready. */
  onOrder(order: Order): void;
  /** What keeps the order from being followed; `undefined` once that is over. */
  onTrouble(error: unknown): void;
};

export type Watch = {
  /** The page came back to the front, or online: look at once. */
  wake(): void;
  stop(): void;
};

const pollMs = 2_000;
const slowestPollMs = 10_000;
/** A connection can die without a word, so even a stream that flows is checked now and then. */
const checkMs = 30_000;
const reopenMs = 15_000;
/** A cook may take back within a minute that a meal is ready: for so long it is asked after, now and then. */
const secondThoughtsMs = 65_000;
const lingerPollMs = 10_000;

/**
 * Follows an order until its final status, and a ready one until no cook can take that back: by events while they flow, by
 * polling before, between and without them.
 */
export function watchOrder(orderId: string, { api, openEvents, clock, onOrder, onTrouble }: WatchOptions): Watch {
  let stopped = false;
  let version = -1;
  let estimate: string | undefined;
  let etag: string | undefined;
  let failures = 0;
  let asking = false;
  let flowing = false;
  let lingering = false;
  let closeStream: (() => void) | undefined;
  let cancelPoll = () => {};
  let cancelReopen = () => {};
  let cancelEnd = () => {};

  function accept(order: Order) {
    onTrouble(undefined);
    const { estimatedReadyAt = estimate } = order;
    if (order.version > version || (order.version === version && estimatedReadyAt !== estimate)) {
      version = order.version;
      estimate = estimatedReadyAt;
      onOrder(order);
    }
    if (order.status === "ready") linger();
    else if (isFinal(order.status)) stop();
    else if (lingering) follow();
  }

  /** The stream has told its last; whether that is taken back is asked for. */
  function linger() {
    if (lingering || stopped) return;
    lingering = true;
    flowing = false;
    cancelReopen();
    closeStream?.();
    closeStream = undefined;
    cancelEnd = clock.after(secondThoughtsMs, stop);
    schedulePoll();
  }

  function follow() {
    lingering = false;
    cancelEnd();
    void stream();
  }

  async function poll() {
    cancelPoll();
    if (asking || stopped) return;
    asking = true;
    try {
      const found = await api.order(orderId, etag);
      failures = 0;
      if (found) etag = found.etag;
      if (found && !stopped) accept(found.order);
      else if (!stopped) onTrouble(undefined);
    } catch (error) {
      if (!stopped) noteFailure(error);
    }
    asking = false;
    if (!stopped) schedulePoll();
  }

  function noteFailure(error: unknown) {
    failures += 1;
    onTrouble(error);
    if (!isPassing(error)) stop();
  }

  function schedulePoll() {
    cancelPoll();
    const often = Math.min(pollMs * 2 ** failures, slowestPollMs);
    cancelPoll = clock.after(lingering ? lingerPollMs : flowing ? checkMs : often, poll);
  }

  async function stream() {
    cancelReopen();
    if (!openEvents || closeStream || stopped || lingering) return;
    closeStream = () => {};
    try {
      const url = await api.eventsUrl(orderId);
      if (!stopped && !lingering) closeStream = openEvents(url, { status: acceptStreamed, failed: reopenLater });
    } catch {
      reopenLater();
    }
  }

  function acceptStreamed(order: Order) {
    if (stopped) return;
    flowing = true;
    schedulePoll();
    accept(order);
  }

  function reopenLater() {
    flowing = false;
    closeStream = undefined;
    if (stopped || lingering) return;
    cancelReopen();
    cancelReopen = clock.after(reopenMs, stream);
    void poll();
  }

  function stop() {
    stopped = true;
    cancelPoll();
    cancelReopen();
    cancelEnd();
    closeStream?.();
  }

  // The first answer comes from a plain GET: unlike a broken stream, it says why there is no order.
  void poll().then(stream);
  return {
    wake() {
      void poll();
      void stream();
    },
    stop,
  };
}
