import { AppError } from "#common/errors";
import type { Order, OrderSnapshot } from "../domain/order.ts";
import type { OutboxEntry } from "../domain/outbox.ts";
import type { Payments } from "./ports.ts";
import { type SellDependencies, sell } from "./sell.ts";

type Dependencies = SellDependencies & { payments: Payments };

/** What outbox entries ask to be done beyond being told. An order moves on by itself when order.created was seen. */
export type Effects = Partial<Record<OutboxEntry["type"], (order: OrderSnapshot, entry: OutboxEntry) => Promise<void>>>;

/**
 * The work of the outbox. Each step can be repeated, and an entry is closed after its last: whatever is interrupted is
 * done again. @throws when it is to be tried again later.
 */
export function outboxEffects(to: Dependencies): Effects {
  const { orders, stock, payments, now } = to;
  const sold = sell(to);

  /** Nobody can pay any more, a payment that was faster goes back, and only then do the items. */
  async function close(order: OrderSnapshot, { id }: OutboxEntry): Promise<void> {
    const { status } = await payments.close(order, reasonOf(order));
    if (status === "paid" || status === "refunded") await giveBack(order);
    else if (status !== "closed") throw later(`The checkout of a cancelled order is ${status}`);
    await stock.release(order.id);
    await orders.update(order.id, (current) => current.settle(id));
  }

  async function refund(order: OrderSnapshot, { id }: OutboxEntry): Promise<void> {
    if ((await giveBack(order)) === "refunded") return;
    // Nobody paid after all: a cancelled order owes nothing.
    await orders.update(order.id, (current) => current.snapshot.status === "cancelled" && current.settle(id));
  }

  async function giveBack(order: OrderSnapshot): Promise<"refunded" | "closed"> {
    const { status } = await payments.refund(order);
    if (status === "closed" && order.status === "cancelled") return "closed";
    if (status !== "refunded") throw later(`The money did not go back: the payment is ${status}`);
    await orders.update(order.id, (current: Order) => current.refund("payment", now()));
    return "refunded";
  }

  return { "order.cancelled": close, refund, sale: async ({ id }) => void (await sold(id)) };
}

function reasonOf({ history }: OrderSnapshot) {
  return history.find(({ reason }) => reason)?.reason ?? "customer";
}

function later(message: string): AppError {
  return new AppError("unavailable", message);
}
