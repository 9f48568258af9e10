import type { Logger } from "#common/logging";
import type { Payment, TakenPayment } from "../domain/payment.ts";
import type { PutAside } from "../domain/putAside.ts";
import { isQuiet, isTaken, openRefunds } from "../domain/refunds.ts";
import { inGroups } from "./inGroups.ts";
import type { Names, Payments, PutAsides } from "./services.ts";
import type { Turns } from "./turns.ts";

export type AttendAllDeps = {
  payments: Payments;
  putAsides: PutAsides;
  toAttend: Names;
  turns: Turns;
  attendTo: (payment: TakenPayment) => Promise<TakenPayment>;
  finish: (message: PutAside) => Promise<PutAside>;
  /** Copies put-asides of the version before into the store that forgets nothing. */
  takeOver: () => Promise<void>;
  logger: Logger;
};

/**
 * One round over all refunds and disputes that are under way, a few payments at a time: each has its own turn, and a
 * payment that fails keeps no other waiting.
 */
export function attendAll(deps: AttendAllDeps): () => Promise<void> {
  const { payments, toAttend, turns, logger } = deps;
  // A name is listed before its payment is stored, so that only the second round that finds nothing open removes it.
  let over = new Set<string>();

  /** Last: put-asides are in a store of their own, which may be away while the payments' store answers. */
  async function attendPutAsides(): Promise<void> {
    await deps.takeOver();
    for (const message of await deps.putAsides.goingBack()) {
      if (message.refund?.state === "refunding") await safely(message.orderId, deps.finish(message));
    }
  }

  async function safely(orderId: string, work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => logger.warn("refund is looked at later", { orderId, reason: String(error) }));
  }

  return async () => {
    const names = await toAttend.list();
    const found = await inGroups(names, (orderId) => payments.find(orderId));
    const done = names.filter((_, index) => isDone(found[index]));
    for (const orderId of done) if (over.has(orderId)) await toAttend.remove(orderId);
    over = new Set(done);
    const due = turns.take(found.filter((payment) => payment !== undefined));
    for (const payment of due) if (isTaken(payment)) await safely(payment.orderId, deps.attendTo(payment));
    await attendPutAsides();
  };
}

function isDone(payment: Payment | undefined): boolean {
  return !payment || !isTaken(payment) || (isQuiet(payment) && openRefunds(payment).length === 0);
}
