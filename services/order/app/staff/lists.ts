import type { Handler } from "#common/decorator/observed";
import type { ActRecord } from "../../domain/act.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { ActFilter, ActPage, OrderFilter } from "../../domain/orderRecords.ts";
import type { OrderRepository, Page } from "../../domain/orderRepository.ts";
import { listed, type OrderList } from "../query/listOrders.ts";

type Deps = { orders: Pick<OrderRepository, "search" | "acts" | "stuckOrders" | "faulty"> };

/** Orders that fit, newest first, and from where the next page starts if there is one. */
export function searchOrders({ orders }: Deps): Handler<{ filter: OrderFilter; page: Page }, OrderList> {
  return async ({ filter, page }) => {
    return listed(await orders.search(filter, { ...page, limit: page.limit + 1 }), page);
  };
}

/** Records of acts, and from where the next page starts if there is one. */
export type ActList = { acts: readonly ActRecord[]; next?: NonNullable<ActPage["before"]> };

/** What staff did with orders, and what they were refused, newest first. */
export function listActs({ orders }: Deps): Handler<{ filter: ActFilter; page: ActPage }, ActList> {
  return async ({ filter, page }) => {
    const found = await orders.acts(filter, { ...page, limit: page.limit + 1 });
    const acts = found.slice(0, page.limit);
    const last = acts.at(-1);
    return found.length <= page.limit || !last ? { acts } : { acts, next: { at: last.at, id: last.id } };
  };
}

/** Orders that somebody has to look at, and those with which something was wrong, that last first. */
export type Trouble = { stuck: readonly OrderSnapshot[]; faulty: readonly OrderSnapshot[] };

const mostInTrouble = 100;

/** What came to nothing, and what was found wrong with orders. */
export function listTrouble({ orders }: Deps): Handler<object, Trouble> {
  return async () => {
    const [stuck, faulty] = await Promise.all([orders.stuckOrders(mostInTrouble), orders.faulty(mostInTrouble)]);
    return { stuck: stuck.map(({ snapshot }) => snapshot), faulty: faulty.map(({ snapshot }) => snapshot) };
  };
}
