import type { Logger } from "#common/logging";
import type { Payment, TakenPayment } from "../domain/payment.ts";
import type { PutAside } from "../domain/putAside.ts";
import { isQuiet, isTaken, openRefunds } from "../domain/refunds.ts";
import { inGroups } from "./inGroups.ts";
import type { Names, Payments, PutAsides } from "./services.ts";
import type { Turns } from "./turns.ts";

/** What {@link attendAll} works with. */
export type AttendAllDeps = {
  payments: Payments;
  putAsides: PutAsides;
  unsettled: Names;
  turns: Turns;
  attended: (payment: TakenPayment) => Promise<TakenPayment>;
  finish: (message: PutAside) => Promise<PutAside>;
  /** Brings to where nothing is forgotten what versions before put aside. */
  takeOver: () => Promise<void>;
  logger: Logger;
};

/**
 * One round over all money that is on its way back, a few payments at a time: each has its own turn, and one that cannot
 * be looked at keeps no other waiting.
 */
export function attendAll(deps: AttendAllDeps): () => Promise<void> {
  const { payments, unsettled, turns, logger } = deps;
  // A name is listed before what it names is stored, so that one round alone does not tell that it is over.
  let over = new Set<string>();

  /** They are in a store of their own, which may be away while the payments are there. */
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
    const names = await unsettled.list();
    const found = await inGroups(names, (orderId) => payments.find(orderId));
    const done = names.filter((_, index) => isDone(found[index]));
    for (const orderId of done) if (over.has(orderId)) await unsettled.remove(orderId);
    over = new Set(done);
    const due = turns.take(found.filter((payment) => payment !== undefined));
    for (const payment of due) if (isTaken(payment)) await safely(payment.orderId, deps.attended(payment));
    await attendPutAsides();
  };
}

function isDone(payment: Payment | undefined): boolean {
  return !payment || !isTaken(payment) || (isQuiet(payment) && openRefunds(payment).length === 0);
}
