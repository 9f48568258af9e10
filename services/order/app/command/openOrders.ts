import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";
import type { CreateOrder } from "./createOrder.ts";

type Deps = {
  orders: Pick<OrderRepository, "get" | "countOpen">;
  now: Now;
  ttlMs: number;
  /** How many unpaid orders a customer may have. */
  maxOpenOrders: number;
  orderId: (customerId: string, idempotencyKey: string) => string;
};

/** How many customers are remembered; whoever needs more has other limits to pass first. */
const remembered = 100_000;

/**
 * Refuses new orders of a customer who has too many that are not paid: each holds food that others can't have. A try
 * again of an order that is there gets its answer all the same.
 *
 * Asking the store costs every order, so it is asked only about customers who were busy here: up to four replicas can
 * each let a quarter through unasked. What is under way at this moment counts, so that a burst is no way around.
 */
export function withinOpenOrders(
  create: Handler<CreateOrder, OrderSnapshot>,
  { orders, now, ttlMs, maxOpenOrders, orderId }: Deps,
): Handler<CreateOrder, OrderSnapshot> {
  const unasked = Math.floor(maxOpenOrders / 4);
  const underWay = new Map<string, Set<string>>();
  let placed = new Map<string, number>();
  let since = 0;

  const seen = (customerId: string): number => {
    const time = now().at.getTime();
    if (time - since > ttlMs || placed.size > remembered) {
      placed = new Map();
      since = time;
    }
    const count = (placed.get(customerId) ?? 0) + 1;
    placed.set(customerId, count);
    return count;
  };
  const isTooMany = async (customerId: string, id: string, others: number): Promise<boolean> => {
    if (seen(customerId) <= unasked) return false;
    return (await orders.countOpen(customerId, maxOpenOrders)) + others >= maxOpenOrders && !(await orders.get(id));
  };

  return async (wish) => {
    const { customerId } = wish;
    const id = orderId(customerId, wish.idempotencyKey);
    const mine = underWay.get(customerId) ?? new Set();
    underWay.set(customerId, mine);
    const isFirst = !mine.has(id);
    mine.add(id);
    try {
      if (await isTooMany(customerId, id, mine.size - 1)) {
        throw new AppError("too_many", `You have ${maxOpenOrders} unpaid orders. Pay or cancel one of them first.`);
      }
      return await create(wish);
    } finally {
      if (isFirst) mine.delete(id);
      if (mine.size === 0) underWay.delete(customerId);
    }
  };
}
