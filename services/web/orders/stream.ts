import type { Order } from "../api/types.ts";
import type { OpenEvents } from "../order/events.ts";
import type { Clock } from "../order/watch.ts";
import { pause } from "./pause.ts";
import type { TakeTurn } from "./turns.ts";

/** How a tab has the stream that it shares with the guest's others. */
export type StreamMeans = { takeTurn: TakeTurn; openEvents: OpenEvents; url(): Promise<string> };

type Told = {
  clock: Clock;
  random(): number;
  /** Something came by this tab's stream. @returns whether it was news. */
  onOrder(order: Order): boolean;
  /** This tab is the one that has the stream, and nothing comes by it (yet). */
  onSilence(): void;
};

/**
 * The one stream of all of a guest's orders: of the tabs that want it one opens it, the others hear that tab. The returned
 * function says whether this tab wants it. A stream that fails is tried again, ever later until one brings news.
 */
export function sharedStream(means: StreamMeans | undefined, told: Told): (wanted: boolean) => void {
  let leave: (() => void) | undefined;
  return (wanted) => {
    if (wanted) leave ??= means?.takeTurn(() => keepOpen(means, told));
    else {
      leave?.();
      leave = undefined;
    }
  };
}

/** Returns how to close it for good. */
function keepOpen({ openEvents, url }: StreamMeans, { clock, random, onOrder, onSilence }: Told): () => void {
  let over = false;
  let failures = 0;
  let cancel = () => {};

  async function open() {
    try {
      const address = await url();
      if (!over) cancel = openEvents(address, { status: hear, failed: openLater });
    } catch {
      openLater();
    }
  }

  function hear(order: Order) {
    if (!over && onOrder(order)) failures = 0;
  }

  function openLater() {
    if (over) return;
    failures += 1;
    cancel = clock.after(pause(0, failures, random()), open);
    onSilence();
  }

  onSilence();
  void open();
  return () => {
    over = true;
    cancel();
  };
}
