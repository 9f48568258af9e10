import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository, Page } from "../../domain/orderRepository.ts";

/** A customer's orders, and from where the next page starts if there is one. */
export type OrderList = { orders: readonly OrderSnapshot[]; next?: NonNullable<Page["before"]> };

/** A customer's orders, newest first. */
export function listOrders({
  orders,
}: {
  orders: OrderRepository;
}): Handler<{ customerId: string; page: Page }, OrderList> {
  return async ({ customerId, page }) => {
    const found = await orders.list(customerId, { ...page, limit: page.limit + 1 });
    const snapshots = found.slice(0, page.limit).map((order) => order.snapshot);
    const last = snapshots.at(-1);
    if (found.length <= page.limit || !last) return { orders: snapshots };
    return { orders: snapshots, next: { placedAt: placedAt(last), id: last.id } };
  };
}

/** When the order was placed. */
export function placedAt({ history }: OrderSnapshot): Date {
  return history[0]?.at ?? new Date(0);
}
