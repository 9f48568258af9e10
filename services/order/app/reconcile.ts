import { isKind } from "#common/errors";
import type { OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isBegun } from "../domain/refunds.ts";
import type { Status } from "../domain/status.ts";
import { isShut } from "./checkoutStatus.ts";
import type { CheckoutStatus, Finding, Now, Payments, Report, Stock } from "./services.ts";

/** What {@link reconcile} works with. */
export type ReconcileDeps = {
  orders: OrderRepository;
  payments: Payments;
  stock: Stock;
  sell: (order: OrderSnapshot) => Promise<"sold" | "not sold">;
  now: Now;
  newId: () => string;
  soon: () => void;
  report: Report;
};

type Found = Pick<Finding, "kind" | "outcome"> | undefined;

type Mend = (deps: ReconcileDeps, resting: OrderSnapshot, payment: CheckoutStatus) => Promise<Found>;

async function mendWaiting(deps: ReconcileDeps, { id }: OrderSnapshot, payment: CheckoutStatus): Promise<Found> {
  const { orders, payments, now, newId, soon } = deps;
  if (payment === "paid") {
    await payments.announce(id);
    return { kind: "payment_unheard", outcome: "repaired" };
  }
  // Money that goes back, or is back, before the order heard of it: nobody can pay any more.
  if (!isShut(payment)) return undefined;
  await orders.update(id, (order) => {
    return order.snapshot.status === "waiting_for_payment" && order.cancel("expired", "sweeper", newId(), now());
  });
  soon();
  return { kind: "closing_unheard", outcome: "repaired" };
}

const lost = { kind: "paid_without_payment", outcome: "reported" } as const;

async function mendPaid(deps: ReconcileDeps, resting: OrderSnapshot, payment: CheckoutStatus): Promise<Found> {
  const { orders, payments, sell, now } = deps;
  const { id, outbox } = resting;
  if (outbox.some(({ type }) => type === "refund")) return undefined;
  if (payment === "refunded") {
    await orders.update(id, (order) => order.snapshot.status !== "ready" && order.refund("payment", now()));
    return { kind: "paid_without_payment", outcome: "repaired" };
  }
  // Cooks are slow, and nothing is wrong with that; nor is it when money is on its way back elsewhere, or disputed.
  if ((await sell(resting)) === "not sold" || payment === "paid" || payment === "refunding") return undefined;
  try {
    // Payment may have forgotten that it was paid, and looks again when it is asked to say so.
    await payments.announce(id);
    return undefined;
  } catch (error) {
    if (!isKind(error, "conflict")) throw error;
    // A cook may take days, and the same finding every five minutes would hide the next real one.
    const isKnown = resting.found?.some(({ kind, outcome }) => kind === lost.kind && outcome === lost.outcome);
    return isKnown ? undefined : lost;
  }
}

async function mendCancelled(deps: ReconcileDeps, resting: OrderSnapshot, payment: CheckoutStatus): Promise<Found> {
  const { orders, stock, now, newId, soon } = deps;
  const { id, outbox, history } = resting;
  if (payment === "paid") {
    let owes = false;
    await orders.update(id, (order) => {
      owes = order.oweRefund(newId(), now());
      return owes;
    });
    // It goes back already, or was refused for good, and an operator has heard of it.
    if (!owes) return undefined;
    soon();
    return { kind: "paid_though_cancelled", outcome: "repaired" };
  }
  // What the outbox has still to do is no mistake.
  if (outbox.some(({ type }) => type === "order.cancelled")) return undefined;
  // Staff may cancel what a cook has, and that is sold.
  if (isBegun(resting)) return undefined;
  const [status] = await stock.find([id]);
  if (status === "committed") {
    if (!history.some((change) => change.status === "paid"))
      return { kind: "sold_though_cancelled", outcome: "reported" };
    await stock.release(id, "evenSold");
    return { kind: "sold_though_cancelled", outcome: "repaired" };
  }
  if (status !== "reserved") return undefined;
  await stock.release(id);
  return { kind: "held_though_cancelled", outcome: "repaired" };
}

const nothing: Mend = async () => undefined;

const menders: Record<Status, Mend> = {
  // The outbox sends its event again and again; whoever is on duty is to know that it does not help.
  pending: async () => ({ kind: "link_missing", outcome: "reported" }),
  waiting_for_payment: mendWaiting,
  paid: mendPaid,
  cooking: mendPaid,
  cancelled: mendCancelled,
  ready: nothing,
  refunded: nothing,
};

/**
 * Compares an order that rests with its payment and its reservation, and mends what does not fit: what an event was to
 * tell and did not is told again. Every repair can be repeated, and is made against the order as it is by then.
 */
export function reconcile(deps: ReconcileDeps) {
  return async (order: OrderSnapshot, payment: CheckoutStatus): Promise<void> => {
    const found = await menders[order.status](deps, order, payment);
    if (found) deps.report({ ...found, orderId: order.id });
  };
}
