import type { Payment } from "../domain/payment.ts";
import { isQuiet, isTaken } from "../domain/refunds.ts";

/** Says whose turn it is to be looked at. */
export type Turns = {
  /** Those of the payments that are to be looked at now; they count as looked at. */
  take(payments: readonly Payment[]): Payment[];
};

/** A payment is first looked at after this time, in milliseconds: nearly all are told of by then. */
const patienceMs = 60_000;

/** How long until the next look, at least: less than it takes until somebody asks again. */
const againMs = 45_000;

/** For how long somebody waits for it: the guest before the page, whose message that they paid may never come. */
const attendedMs = 3_600_000;

/** The most looks a call: the provider allows so many a second, and the caller waits for them. */
const mostLooks = 10;

/** The most payments whose last look is remembered; one that is forgotten is merely looked at sooner. */
const mostRemembered = 10_000;

/**
 * Open payments, and those whose money is on its way back, come to their turn after a minute, and then whenever they are
 * asked for, which is each minute; after an hour, in which the customer may pay at any moment, again after a quarter of
 * their age. The payment that was not looked at for longest goes first.
 * @param now milliseconds since the epoch.
 */
export function createTurns(now: () => number): Turns {
  const lastLooks = new Map<string, number>();

  function overdueMs(payment: Payment): number {
    const since = openSince(payment);
    if (since === undefined) return -1;
    const last = lastLooks.get(payment.orderId);
    if (last === undefined) return now() - since - patienceMs;
    return now() - last - (last - since < attendedMs ? againMs : (last - since) / 4);
  }

  return {
    take(payments) {
      const due = payments
        .map((payment) => ({ payment, overdue: overdueMs(payment) }))
        .filter(({ overdue }) => overdue >= 0)
        .sort((one, other) => other.overdue - one.overdue)
        .slice(0, mostLooks)
        .map(({ payment }) => payment);
      for (const { orderId } of due) {
        lastLooks.delete(orderId);
        lastLooks.set(orderId, now());
      }
      for (const orderId of lastLooks.keys()) {
        if (lastLooks.size <= mostRemembered) break;
        lastLooks.delete(orderId);
      }
      return due;
    },
  };
}

/** Since when a payment waits for something at the provider; undefined when it does not. */
function openSince(payment: Payment): number | undefined {
  if (payment.status === "open" || payment.status === "processing") return Date.parse(payment.openedAt ?? "1970-01-01");
  if (!isTaken(payment) || isQuiet(payment)) return undefined;
  return Math.min(...[...(payment.refunds ?? []), ...(payment.disputes ?? [])].map(({ at }) => Date.parse(at)));
}
