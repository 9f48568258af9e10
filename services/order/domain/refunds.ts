import { chargeLimits } from "#common/chargeLimits";
import { AppError } from "#common/errors";
import { moneyText } from "#common/money";
import { without } from "./entries.ts";
import type { Money } from "./lines.ts";
import { moved, refused } from "./moved.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { OrderSnapshot, Stamp } from "./snapshot.ts";
import { type Actor, isCooked, isOff, isPaid, mayMove, type Status } from "./status.ts";

/** How a refund stands: asked for, done, or refused for good with the money still at the provider. */
export type RefundStatus = "refunding" | "succeeded" | "failed";

/** Money of an order that goes back. Its id is the outbox entry's that asks for it, or the provider's own. */
export type OrderRefund = {
  id: string;
  amount: Money;
  status: RefundStatus;
  by: Actor | "provider";
  reason: string;
  at: Date;
};

/** What is to go back; without an amount all that is left. */
export type RefundWish = Pick<OrderRefund, "id" | "by" | "reason"> & { amount?: Money };

/** What the provider says of a refund. */
export type RefundNews = Pick<OrderRefund, "id" | "amount" | "status">;

/** Why a refund that failed is shown to an operator. */
const refusal = "The provider refused the refund";

const isNoSale = ({ type }: OutboxEntry) => type !== "sale";

/** What a paid order holds is to be sold. */
export const saleAt = ({ at }: Stamp): OutboxEntry => ({ id: "sale", type: "sale", at });

/** The entry of what goes back although it was sold. */
const returnId = "return";

const isRefund = ({ type }: Pick<OutboxEntry, "type">) => type === "refund" || type === "partial_refund";

/** Whether all of its money goes back because it will not be cooked. */
export function owesRefund({ outbox }: OrderSnapshot): boolean {
  return outbox.some(({ type }) => type === "refund");
}

/** Whether a cook has it, or had it when it came to its end: that is sold, whatever becomes of the money. */
export function isBegun({ history }: OrderSnapshot): boolean {
  const last = history.findLast(({ status }) => !isOff(status));
  return last !== undefined && isCooked(last.status);
}

/** Whether it was called off, or all of its money goes back, before a cook took it: what it holds is not needed. */
export function isForNobody(order: OrderSnapshot): boolean {
  return !isBegun(order) && (isOff(order.status) || owesRefund(order));
}

/** What a paid order has to do with what it holds once nobody will cook it: it goes back, also when it was sold. */
function withReturn(order: OrderSnapshot, from: Status, stamp: Stamp): OrderSnapshot {
  if (from !== "paid") return order;
  // Due at once, and none that who has made the sale would close.
  const entry: OutboxEntry = { id: returnId, type: "sale", at: stamp.at, dueAt: stamp.at };
  return { ...order, outbox: [...order.outbox.filter(isNoSale), entry] };
}

/**
 * The order once its sale was made and this entry is closed; undefined when it was before. Where nobody will cook it by
 * now, what it held goes back: it may have gone back before it was sold.
 */
export function saleClosed(order: OrderSnapshot, entryId: string, stamp: Stamp): OrderSnapshot | undefined {
  const closed = without(order, entryId);
  if (entryId === returnId || !isForNobody(order)) return closed;
  return withReturn(closed ?? order, "paid", stamp);
}

/** The order once all of its money is back; what of it was never cooked has still to go back to stock. */
export function paidBack(order: OrderSnapshot, by: Actor, stamp: Stamp): OrderSnapshot {
  const { outbox, ...rest } = moved(order, "refunded", by, stamp);
  return withReturn({ ...rest, outbox: outbox.filter((entry) => !isRefund(entry)) }, order.status, stamp);
}

/** The refunds of an order, also of one that the version before refunded: it wrote none down, or left them as they were. */
export function refundsOf(order: OrderSnapshot): readonly OrderRefund[] {
  const { refunds = [], status, total, history } = order;
  if (status !== "refunded" || refunds.some((one) => one.status === "failed")) return refunds;
  const known = refunds.map((one): OrderRefund => ({ ...one, status: "succeeded" }));
  const amount = total.amount - sum(known);
  const last = history.findLast((change) => change.status === "refunded");
  if (amount <= 0 || !last) return known;
  const rest = { id: order.id, amount: { ...total, amount }, status: "succeeded", reason: "" } as const;
  return [...known, { ...rest, by: last.by, at: last.at }];
}

/** How much of an order's money is neither back nor on its way; 0 for one that nobody paid. */
export function leftOf(order: OrderSnapshot): Money {
  const { total, history, refunds = [] } = order;
  const wasPaid = refunds.length > 0 || history.some(({ status }) => status === "paid");
  const given = sum(refundsOf(order).filter(({ status }) => status !== "failed"));
  return { ...total, amount: wasPaid ? Math.max(0, total.amount - given) : 0 };
}

/** An order that will not be cooked, and owes all that is left. A refund that failed is no longer tried by itself. */
export function owing(order: OrderSnapshot, { id, by, reason }: RefundWish, { at }: Stamp): OrderSnapshot | undefined {
  const { status, total, refunds = [] } = order;
  if (status === "refunded" || owesRefund(order) || refunds.some((one) => one.status === "failed")) return undefined;
  if (status === "ready" || !mayMove(status, "refunded")) throw refused(status, "refunded");
  const amount = { ...total, amount: total.amount - sum(refunds) };
  if (amount.amount <= 0) return undefined;
  return {
    ...order,
    refunds: [...refunds, { id, amount, status: "refunding", by, reason, at }],
    outbox: [...order.outbox.filter(({ type }) => type !== "sale"), { id, type: "refund", at }],
  };
}

/**
 * An order of whose money a part, or all that is left, is to go back because somebody says so. All of a meal that is not
 * finished means that it is not cooked. A repeat of the id changes nothing.
 * @throws AppError "invalid" (amount, currency), "conflict" (never paid, or more than is left).
 */
export function refunding(order: OrderSnapshot, wish: RefundWish, stamp: Stamp): OrderSnapshot | undefined {
  const { at } = stamp;
  const { status, refunds = [], outbox, stuck = [] } = order;
  if (refunds.some(({ id }) => id === wish.id)) return undefined;
  const left = leftOf(order);
  const { id, by, reason, amount = left } = wish;
  if (amount.currency !== left.currency) throw invalid("amount.currency", `The order was paid in ${left.currency}`);
  if (wish.amount && !(Number.isSafeInteger(amount.amount) && amount.amount > 0))
    throw invalid("amount.amount", "Say how much goes back, in the currency's smallest unit and more than 0");
  if (left.amount === 0) throw new AppError("conflict", "Nothing is left to give back: nobody paid, or it is back");
  if (amount.amount > left.amount) throw new AppError("conflict", `Only ${moneyText(left, "en")} is left to give back`);
  const step = { ...left, amount: chargeLimits(left.currency).step };
  if (amount.amount % step.amount > 0)
    throw invalid("amount.amount", `What goes back is a multiple of ${moneyText(step, "en")}, as banks count it`);
  const ends = amount.amount === left.amount && mayMove(status, "refunded") && status !== "ready";
  const { stuck: _, ...rest } = order;
  // Somebody has looked at what failed.
  const others = stuck.filter((entry) => !isRefund(entry));
  const next: OrderSnapshot = {
    ...rest,
    refunds: [...refunds, { id, amount, status: "refunding", by, reason, at }],
    outbox: [...outbox, { id, type: ends ? "refund" : "partial_refund", at }],
    ...(others.length > 0 && { stuck: others }),
  };
  return ends ? withReturn(next, status, stamp) : next;
}

/** What the provider says of refunds, also of those that were made in its dashboard. Repeats change nothing. */
export function recorded(order: OrderSnapshot, news: readonly RefundNews[], stamp: Stamp): OrderSnapshot | undefined {
  let { refunds = [], outbox, stuck = [] } = order;
  let isNews = false;
  for (const { id, amount, status } of news) {
    const known = refunds.find((one) => one.id === id);
    if (status === "failed" && (isPaid(order.status) || isAllBack(order, refunds)) && cameToNothing(known)) {
      if (known) refunds = refunds.filter((one) => one !== known);
      isNews ||= known !== undefined;
      continue;
    }
    const moves = !known || (known.status !== status && status !== "refunding");
    if (!moves && known.amount.amount === amount.amount) continue;
    isNews = true;
    // How much it is in the end, the payment knows.
    const next: OrderRefund = {
      by: "provider",
      reason: "",
      at: stamp.at,
      ...known,
      id,
      amount,
      status: moves ? status : known.status,
    };
    refunds = known ? refunds.map((one) => (one === known ? next : one)) : [...refunds, next];
    if (!moves || status === "refunding") continue;
    const type = outbox.find((entry) => entry.id === id)?.type ?? "partial_refund";
    outbox = outbox.filter((entry) => entry.id !== id);
    if (status !== "failed") continue;
    stuck = [...stuck, { id, type, at: next.at, since: stamp.at, why: refusal }];
    // It is cooked after all, and what it held was given back.
    if (type === "refund" && isPaid(order.status)) outbox = [...outbox.filter(isNoSale), saleAt(stamp)];
  }
  // Of an order whose money is all back nobody owes what was refused: it was made good in another way.
  const open = isAllBack(order, refunds) ? stuck.filter((entry) => !isRefund(entry)) : stuck;
  if (!isNews && open.length === stuck.length) return undefined;
  const { stuck: _, ...rest } = order;
  return refundedIfBack({ ...rest, refunds, outbox, ...(open.length > 0 && { stuck: open }) }, stamp);
}

/**
 * Whether money that others wanted back stays: a dispute that the shop won, or a refund of the provider's dashboard that its
 * bank refused. Where the meal is the guest's all the same, or all of their money is back without it, nobody owes it, so
 * nobody has to look.
 */
function cameToNothing(known: OrderRefund | undefined): boolean {
  return known === undefined || (known.by === "provider" && known.status === "refunding");
}

/** An order without a refund that was asked for. */
export function withdrawn(order: OrderSnapshot, refundId: string): OrderSnapshot | undefined {
  const outbox = order.outbox.filter(({ id }) => id !== refundId);
  if (outbox.length === order.outbox.length) return undefined;
  const { refunds = [], ...rest } = order;
  const others = refunds.filter(({ id }) => id !== refundId);
  return { ...rest, outbox, ...(others.length > 0 && { refunds: others }) };
}

/**
 * An order whose money is all back is refunded, whatever else was under way, and what it holds has still to be sold or to
 * go back; one that is not paid yet only knows of it.
 */
export function refundedIfBack(order: OrderSnapshot, stamp: Stamp): OrderSnapshot {
  const { refunds = [], status } = order;
  if (!isAllBack(order, refunds) || !mayMove(status, "refunded")) return order;
  return { ...paidBack(order, "payment", stamp), refunds: refunds.filter(isOver) };
}

function isAllBack({ total }: OrderSnapshot, refunds: readonly OrderRefund[]): boolean {
  return sum(refunds.filter(({ status }) => status === "succeeded")) >= total.amount;
}

function isOver({ status }: OrderRefund): boolean {
  return status !== "refunding";
}

function sum(refunds: readonly OrderRefund[]): number {
  return refunds.reduce((total, { amount }) => total + amount.amount, 0);
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field, message }] });
}
