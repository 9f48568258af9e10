import type { Handler } from "#common/decorator/observed";
import type { TakenPayment } from "../../domain/payment.ts";
import { isUndecided, type PutAside } from "../../domain/putAside.ts";
import { isTaken } from "../../domain/refunds.ts";
import { inGroups } from "../inGroups.ts";
import type { Names, Payments, PutAsides } from "../services.ts";

export type ListMoneyDeps = {
  payments: Payments;
  putAsides: PutAsides;
  toAttend: Names;
  /** Ends when what versions before put aside is there too. */
  takenOver: () => Promise<void>;
};

/** Which page of the money that was put aside is wanted; what is under way comes with the first. */
export type MoneyWanted = { limit: number; after?: string };

/** Money that somebody has to look at, or will have to; `next` is where the page after this one begins. */
export type Money = {
  putAside: readonly PutAside[];
  /** Messages whose money was decided to go back, and is not back. */
  goingBack: readonly PutAside[];
  /** Payments with refunds that are under way or failed, and disputed ones. */
  payments: readonly TakenPayment[];
  next: string | undefined;
};

/** Money that matches no order, and money that goes back. */
export function listMoney({ payments, putAsides, toAttend, takenOver }: ListMoneyDeps): Handler<MoneyWanted, Money> {
  return async (wanted) => {
    await takenOver();
    const { messages, next } = await putAsides.page(wanted);
    const page = { putAside: messages.filter(isUndecided), next };
    if (wanted.after !== undefined) return { ...page, goingBack: [], payments: [] };
    const [goingBack, names] = await Promise.all([putAsides.goingBack(), toAttend.list()]);
    const found = await inGroups(names, (orderId) => payments.find(orderId));
    return { ...page, goingBack, payments: found.filter((payment) => payment !== undefined).filter(isTaken) };
  };
}
