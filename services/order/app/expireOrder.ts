import type { OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isOpen } from "../domain/status.ts";
import { isShut } from "./checkoutStatus.ts";
import type { PayOrder } from "./command/payOrder.ts";
import type { Now, Payments } from "./services.ts";

/** What {@link expireOrder} works with. */
export type ExpireDeps = {
  orders: OrderRepository;
  payments: Payments;
  pay: (payment: PayOrder) => Promise<unknown>;
  now: Now;
  newId: () => string;
  soon: () => void;
};

/**
 * Ends an unpaid order whose time is over. First nobody can pay any more, and only if nobody did is it cancelled: so it
 * is safe for many to expire one order, and to be paused in the middle. An order that was paid is paid; while a slow
 * payment is under way nothing happens, and the order is looked at again.
 */
export function expireOrder({ orders, payments, pay, now, newId, soon }: ExpireDeps) {
  return async (order: OrderSnapshot): Promise<void> => {
    const payment = await payments.close(order, "expired");
    if (payment.status === "paid") await pay({ orderId: order.id, amount: payment.total });
    if (!isShut(payment.status)) return;
    await orders.update(order.id, (current) => {
      return isOpen(current.snapshot.status) && current.cancel("expired", "sweeper", newId(), now());
    });
    soon();
  };
}
