import { isUnderWay, type Payment } from "../domain/payment.ts";
import type { PutAside } from "../domain/putAside.ts";
import { isQuiet, isTaken } from "../domain/refunds.ts";

/** Says whose turn it is to be looked at. */
export type Turns<T> = {
  /** Those that are to be looked at now; they count as looked at. */
  take(items: readonly T[]): T[];
};

/** How what takes turns is told apart, and since when it waits, in milliseconds since the epoch; undefined: it does not. */
export type Waiting<T> = { nameOf(item: T): string; since(item: T): number | undefined };

/** It is first looked at after this time, in milliseconds: nearly all are told of by then. */
const patienceMs = 60_000;

/** How long until the next look, at least: less than it takes until somebody asks again. */
const againMs = 45_000;

/** For how long somebody waits for it: the guest before the page, whose message that they paid may never come. */
const attendedMs = 3_600_000;

/** The most looks a call: the provider allows so many a second, and the caller waits for them. */
const mostLooks = 10;

/** The most of them whose last look is remembered; one that is forgotten is merely looked at sooner. */
const mostRemembered = 10_000;

/**
 * What waits comes to its turn after a minute, and then whenever it is asked for, which is each minute; after an hour, in
 * which the customer may pay at any moment, again after a quarter of its age. Who was not looked at for longest goes first.
 * @param now milliseconds since the epoch.
 */
export function createTurns<T>(now: () => number, { nameOf, since: sinceOf }: Waiting<T>): Turns<T> {
  const lastLooks = new Map<string, number>();

  function overdueMs(item: T): number {
    const since = sinceOf(item);
    if (since === undefined) return -1;
    const last = lastLooks.get(nameOf(item));
    if (last === undefined) return now() - since - patienceMs;
    return now() - last - (last - since < attendedMs ? againMs : (last - since) / 4);
  }

  return {
    take(items) {
      const due = items
        .map((item) => ({ item, overdue: overdueMs(item) }))
        .filter(({ overdue }) => overdue >= 0)
        .sort((one, other) => other.overdue - one.overdue)
        .slice(0, mostLooks)
        .map(({ item }) => item);
      for (const name of due.map(nameOf)) {
        lastLooks.delete(name);
        lastLooks.set(name, now());
      }
      for (const name of lastLooks.keys()) {
        if (lastLooks.size <= mostRemembered) break;
        lastLooks.delete(name);
      }
      return due;
    },
  };
}

/** Open payments, and those whose money is on its way back. */
export const waitingPayments: Waiting<Payment> = { nameOf: ({ orderId }) => orderId, since: openSince };

/** Money that was put aside, and is to go back by now. */
export const returningPutAsides: Waiting<PutAside> = {
  nameOf: ({ eventId }) => eventId,
  since: ({ refund }) => (refund?.state === "refunding" ? Date.parse(refund.at) : undefined),
};

function openSince(payment: Payment): number | undefined {
  if (isUnderWay(payment)) return Date.parse(payment.openedAt ?? "1970-01-01");
  if (!isTaken(payment) || isQuiet(payment)) return undefined;
  return Math.min(...[...(payment.refunds ?? []), ...(payment.disputes ?? [])].map(({ at }) => Date.parse(at)));
}
