/** Paid orders that the kitchen heard of and has not seen yet. */
export type Rumours = {
  /** @returns false for an order that was claimed already: it needs no claim any more. */
  hear(orderId: string): boolean;
  /** These were claimed. */
  confirm(orderIds: readonly string[]): void;
  /** This order is to be heard of again. */
  forget(orderId: string): void;
  /**
   * A claim has left nothing behind at the order service, so what is still unseen is not there yet, or another kitchen
   * has it. @returns after how many milliseconds it is worth another look; undefined when it is not.
   */
  doubt(): number | undefined;
};

/** order.paid goes to the order and to us at once: where we were faster, it is worth another look, but not for ever. */
const momentsMs = [50, 150, 400, 1_000];

/** How many orders are remembered, seen or not. Beyond that a needless claim is cheaper. */
const most = 2_000;

/** Remembers what was heard and what was seen. */
export function rememberRumours(): Rumours {
  const unseen = new Map<string, number>();
  const seen = new Set<string>();
  return {
    hear(orderId) {
      if (seen.has(orderId)) return false;
      if (unseen.size < most && !unseen.has(orderId)) unseen.set(orderId, 0);
      return true;
    },
    confirm(orderIds) {
      for (const orderId of orderIds) {
        unseen.delete(orderId);
        seen.add(orderId);
      }
      for (const oldest of seen) {
        if (seen.size <= most) break;
        seen.delete(oldest);
      }
    },
    forget: (orderId) => void seen.delete(orderId),
    doubt() {
      let nextMs: number | undefined;
      for (const [orderId, doubts] of unseen) {
        const pauseMs = momentsMs[doubts];
        unseen.set(orderId, doubts + 1);
        if (pauseMs === undefined) unseen.delete(orderId);
        else nextMs = Math.min(pauseMs, nextMs ?? pauseMs);
      }
      return nextMs;
    },
  };
}
