import type { Handler } from "#common/decorator/observed";
import type { Order, OrderSnapshot } from "../../domain/order.ts";
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
    return listed(await orders.list(customerId, { ...page, limit: page.limit + 1 }), page);
  };
}

/** The page of what was found for one order more than fits in it: that there is one more says that there is a next page. */
export function listed(found: readonly Order[], { limit }: Page): OrderList {
  const orders = found.slice(0, limit).map(({ snapshot }) => snapshot);
  const last = orders.at(-1);
  return found.length <= limit || !last ? { orders } : { orders, next: { placedAt: placedAt(last), id: last.id } };
}

/** When the order was placed. */
export function placedAt({ history }: OrderSnapshot): Date {
  return history[0]?.at ?? new Date(0);
}
