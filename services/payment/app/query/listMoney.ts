import type { Handler } from "#common/decorator/observed";
import type { TakenPayment } from "../../domain/payment.ts";
import { isUndecided, type PutAside } from "../../domain/putAside.ts";
import { isTaken } from "../../domain/refunds.ts";
import { inGroups } from "../inGroups.ts";
import type { Names, Payments, PutAsides } from "../ports.ts";

/** What {@link listMoney} works with. */
export type ListMoneyDeps = { payments: Payments; putAsides: PutAsides; unsettled: Names };

/** Money that somebody has to look at, or will have to. */
export type Money = {
  putAside: readonly PutAside[];
  /** Messages whose money was decided to go back, and is not back. */
  goingBack: readonly PutAside[];
  /** Payments with refunds that are under way or failed, and disputed ones. */
  payments: readonly TakenPayment[];
};

/** Money that matches no order, and money that goes back. */
export function listMoney({ payments, putAsides, unsettled }: ListMoneyDeps): Handler<unknown, Money> {
  return async () => {
    const [messages, names] = await Promise.all([putAsides.list(), unsettled.list()]);
    const found = await inGroups(names, (orderId) => payments.find(orderId));
    return {
      putAside: messages.filter(isUndecided),
      goingBack: messages.filter(({ refund }) => refund && refund.state !== "succeeded"),
      payments: found.filter((payment) => payment !== undefined).filter(isTaken),
    };
  };
}
