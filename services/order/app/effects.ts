import { AppError, isKind } from "#common/errors";
import type { OrderSnapshot } from "../domain/order.ts";
import type { EventType, OutboxEntry } from "../domain/outbox.ts";
import { isBegun } from "../domain/refunds.ts";
import { isShut } from "./checkoutStatus.ts";
import { type SellDeps, sell } from "./sell.ts";
import type { AskedRefund, Payments, RefundAnswer } from "./services.ts";

type Deps = SellDeps & { payments: Payments };

/** "waiting": all was done that can be done here, and somebody outside takes their time. */
type Outcome = "done" | "waiting";

type Effect = (order: OrderSnapshot, entry: OutboxEntry) => Promise<Outcome>;

/** What outbox entries ask to be done beyond being told. An order moves on by itself when order.created was seen. */
export type Effects = Partial<Record<OutboxEntry["type"], Effect>>;

/**
 * The work of the outbox. Each step can be repeated, and an entry is closed after its last: whatever is interrupted is
 * done again. @throws when it is to be tried again later.
 */
export function outboxEffects(deps: Deps): Effects {
  const { orders, stock, payments, now, newId, soon, report } = deps;
  const sellOrder = sell(deps);

  /** Nobody can pay any more, a payment that was faster is owed back, and only then do the items go back. */
  async function close(order: OrderSnapshot, { id }: OutboxEntry): Promise<Outcome> {
    const { status } = await payments.close(order, reasonOf(order));
    if (status === "processing") return "waiting";
    if (status !== "paid" && !isShut(status)) throw later(`The checkout of a cancelled order is ${status}`);
    if (status === "paid") await orders.update(order.id, (current) => current.oweRefund(newId(), now()));
    if (status === "refunded") await orders.update(order.id, (current) => current.refund("payment", now()));
    await releaseUnits(order);
    await orders.update(order.id, (current) => current.closeEntry(id));
    if (status === "paid") soon();
    return "done";
  }

  /** What staff called off before a cook took it goes back although it is sold; what a cook had is sold. */
  async function releaseUnits(order: OrderSnapshot): Promise<void> {
    const wasPaid = order.history.some(({ status }) => status === "paid");
    if (!isBegun(order)) return stock.release(order.id, wasPaid ? "evenSold" : undefined);
    try {
      await stock.commit(order.id);
    } catch (error) {
      if (!isKind(error, "conflict") && !isKind(error, "out_of_stock") && !isKind(error, "not_found")) throw error;
    }
  }

  async function refund(order: OrderSnapshot, { id, type }: OutboxEntry): Promise<Outcome> {
    const asked = order.refunds?.find((one) => one.id === id);
    // How much is left the payment knows better: a part may have gone back in the provider's dashboard.
    const part = type === "partial_refund" && asked ? { amount: asked.amount } : {};
    const { refund, status } = await askRefund(order, asked && { refundId: id, ...part });
    if (refund === "refunding") return "waiting";
    if (refund === "none" && status === "closed" && order.status === "cancelled") {
      // Nobody paid after all: a cancelled order owes nothing.
      await orders.update(order.id, (current) => current.withdraw(id));
      return "done";
    }
    if (refund === "none") throw later(`The money did not go back: the payment is ${status}`);
    await orders.update(order.id, (current) => {
      const { refunds = [], total } = current.snapshot;
      const news = { id, amount: refunds.find((one) => one.id === id)?.amount ?? total, status: refund };
      const isNews = current.recordRefunds([news], now());
      return (status === "refunded" && current.refund("payment", now())) || isNews || current.closeEntry(id);
    });
    if (refund === "failed") report({ kind: "refund_failed", outcome: "reported", orderId: order.id });
    return "done";
  }

  /** A refund of more than is left never succeeds, unless the money is back already. */
  async function askRefund(order: OrderSnapshot, asked: AskedRefund | undefined): Promise<RefundAnswer> {
    try {
      return await payments.refund(order, asked);
    } catch (error) {
      if (!asked || !isKind(error, "conflict")) throw error;
      const [payment] = await payments.find([order.id]);
      if (!payment) throw error;
      return { ...payment, refund: payment.status === "refunded" ? "succeeded" : "failed" };
    }
  }

  async function makeSale(order: OrderSnapshot): Promise<Outcome> {
    await sellOrder(order);
    return "done";
  }

  return { "order.cancelled": close, refund, partial_refund: refund, sale: makeSale } satisfies Record<
    Exclude<OutboxEntry["type"], EventType>,
    Effect
  >;
}

function reasonOf({ history }: OrderSnapshot) {
  return history.find(({ reason }) => reason)?.reason ?? "customer";
}

function later(message: string): AppError {
  return new AppError("unavailable", message);
}
