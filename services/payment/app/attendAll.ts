import type { Logger } from "#common/logging";
import type { Payment, TakenPayment } from "../domain/payment.ts";
import type { PutAside } from "../domain/putAside.ts";
import { isQuiet, isTaken, openRefunds } from "../domain/refunds.ts";
import { inGroups } from "./inGroups.ts";
import type { Names, Payments, PutAsides } from "./services.ts";
import type { Turns } from "./turns.ts";

export type AttendAllDeps = {
  payments: Pick<Payments, "find">;
  putAsides: Pick<PutAsides, "goingBack">;
  toAttend: Pick<Names, "list" | "remove">;
  turns: Turns<Payment>;
  putAsideTurns: Turns<PutAside>;
  attendTo: (payment: TakenPayment) => Promise<unknown>;
  finish: (message: PutAside) => Promise<unknown>;
  /** Copies put-asides of the version before into the store that forgets nothing. */
  takeOver: () => Promise<void>;
  logger: Logger;
};

/**
 * One round over all refunds and disputes that are under way, a few at a time: each has its own turn, more seldom the
 * longer it takes. What fails, cannot be read or gets no answer keeps no other waiting; how many have not ended
 * gorder_refunds tells, and since when the staff's page.
 */
export function attendAll(deps: AttendAllDeps): () => Promise<void> {
  const { payments, toAttend, turns, putAsideTurns, logger } = deps;
  // A name is listed before its payment is stored, so that only the second round that finds nothing open removes it.
  let over = new Set<string>();

  /** @returns undefined when it failed, which the log tells. */
  async function safely<T>(orderId: string, work: Promise<T>): Promise<T | undefined> {
    return work.catch((error: unknown) => {
      logger.warn("refund is looked at later", { orderId, reason: String(error) });
      return undefined;
    });
  }

  const findOrSkip = async (orderId: string) =>
    safely(
      orderId,
      payments.find(orderId).then((payment) => ({ orderId, payment })),
    );

  /** Last: put-asides are in a store of their own, which may be away while the payments' store answers. */
  async function attendPutAsides(): Promise<void> {
    await deps.takeOver().catch((error: unknown) => {
      logger.warn("what the version before put aside is taken over later", { reason: String(error) });
    });
    const due = putAsideTurns.take(await deps.putAsides.goingBack());
    await Promise.all(due.map((message) => safely(message.orderId, deps.finish(message))));
  }

  return async () => {
    const read = await inGroups(await toAttend.list(), findOrSkip);
    const found = read.filter((one) => one !== undefined);
    const done = found.filter(({ payment }) => isDone(payment)).map(({ orderId }) => orderId);
    for (const orderId of done) if (over.has(orderId)) await safely(orderId, toAttend.remove(orderId));
    over = new Set(done);
    const due = turns.take(found.flatMap(({ payment }) => payment ?? [])).filter(isTaken);
    await Promise.all(due.map((payment) => safely(payment.orderId, deps.attendTo(payment))));
    await attendPutAsides();
  };
}

function isDone(payment: Payment | undefined): boolean {
  return !payment || !isTaken(payment) || (isQuiet(payment) && openRefunds(payment).length === 0);
}
