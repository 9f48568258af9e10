import type { OrderSnapshot } from "./order.ts";

const shortestWaitMs = 5_000;
const longestWaitMs = 300_000;
const longestAfterExpiryMs = 60_000;

/** For so long after it got its link somebody may pay at any moment, and the message of it may never come. */
const attendedMs = 3_600_000;

/** A cancelled order is looked at for so long: a payment that slipped through would have shown by then. */
const afterCancelMs = 3_600_000;

/**
 * When an order that rests in its status is to be looked at again, asked at `now`: an unpaid one when it expires, one that
 * its guest may just have paid each `patienceMs`, every other that should move on by itself after as long as it rests, but
 * not before that. Undefined: never.
 */
export function nextLook(order: OrderSnapshot, now: Date, patienceMs: number): Date | undefined {
  const { status, expiresAt } = order;
  const rested = now.getTime() - (order.history.at(-1)?.at ?? now).getTime();
  const later = (ms: number) => new Date(now.getTime() + ms);
  const patiently = later(clamp(rested, patienceMs, Math.max(patienceMs, longestWaitMs)));
  switch (status) {
    case "pending":
    case "waiting_for_payment": {
      const late = now.getTime() - expiresAt.getTime();
      if (late >= 0) return later(clamp(late, shortestWaitMs, longestAfterExpiryMs));
      const isAttended = status === "waiting_for_payment" && rested < attendedMs;
      const next = isAttended ? later(patienceMs) : patiently;
      return new Date(Math.min(next.getTime(), expiresAt.getTime()));
    }
    case "paid":
    case "cooking":
      return patiently;
    case "cancelled":
      return rested < afterCancelMs ? later(Math.max(rested, patienceMs)) : undefined;
    case "ready":
    case "refunded":
      return undefined;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
