import { demandCaller } from "#common/caller";
import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { Money } from "../../domain/lines.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderFilter } from "../../domain/orderRecords.ts";
import type { OrderRepository, Page } from "../../domain/orderRepository.ts";
import { refundsOf } from "../../domain/refunds.ts";
import { placedAt } from "../query/listOrders.ts";

/** What came in and went back in one hour, in one currency. */
export type HourTakings = { hour: Date; orders: number; taken: Money; refunded: Money };

/** What one dish brought, in one currency. */
export type DishTakings = { productId: string; name: string; units: number; taken: Money };

/** The takings of a time, hours in their order, dishes by what they brought. */
export type Takings = { hours: readonly HourTakings[]; dishes: readonly DishTakings[] };

const hourMs = 3_600_000;
const longestMs = 31 * 24 * hourMs;
/** An order is paid within a day of being placed. */
const payableMs = 24 * hourMs;
const pageSize = 500;

type Dependencies = { orders: Pick<OrderRepository, "search"> };

/** What was taken from `from` until `until`, and given back. @throws AppError "invalid" for more than 31 days. */
export function getTakings({ orders }: Dependencies): Handler<{ from: Date; until: Date }, Takings> {
  async function* found(filter: OrderFilter): AsyncGenerator<OrderSnapshot> {
    let page: Page = { limit: pageSize };
    for (;;) {
      // A month of a busy shop is many pages: nobody reads on for whoever has given up.
      demandCaller();
      const some = (await orders.search(filter, page)).map(({ snapshot }) => snapshot);
      yield* some;
      const last = some.at(-1);
      if (some.length < pageSize || !last) return;
      page = { limit: pageSize, before: { placedAt: placedAt(last), id: last.id } };
    }
  }

  return async ({ from, until }) => {
    if (until.getTime() - from.getTime() > longestMs || until <= from) {
      const message = "From a time until a later one, at most 31 days in all";
      throw new AppError("invalid", message, { fields: [{ field: "until", message }] });
    }
    const earliest = new Date(from.getTime() - payableMs);
    const books = openBooks(from, until);
    for await (const order of found({ from: earliest, until })) books.enter(order);
    // A meal may be given back long after it was eaten.
    for await (const order of found({ refundedFrom: from, until: earliest })) books.enter(order);
    return books.close();
  };
}

function openBooks(from: Date, until: Date) {
  const hours = new Map<string, HourTakings>();
  const dishes = new Map<string, DishTakings>();
  const isIn = (at: Date) => at >= from && at < until;
  const hourOf = (at: Date, { currency }: Money): HourTakings => {
    const hour = new Date(Math.floor(at.getTime() / hourMs) * hourMs);
    const none = { amount: 0, currency };
    const key = `${hour.getTime()} ${currency}`;
    const entry = hours.get(key) ?? { hour, orders: 0, taken: { ...none }, refunded: { ...none } };
    hours.set(key, entry);
    return entry;
  };
  return {
    enter(order: OrderSnapshot): void {
      const paidAt = order.history.find(({ status }) => status === "paid")?.at;
      for (const { at, amount, status } of refundsOf(order))
        if (isIn(at) && status !== "failed") hourOf(at, amount).refunded.amount += amount.amount;
      if (!paidAt || !isIn(paidAt)) return;
      const hour = hourOf(paidAt, order.total);
      hour.orders += 1;
      hour.taken.amount += order.total.amount;
      for (const { productId, name, quantity, unitPrice } of order.lines) {
        const key = `${productId} ${unitPrice.currency}`;
        const dish = dishes.get(key) ?? { productId, name, units: 0, taken: { ...unitPrice, amount: 0 } };
        dish.units += quantity;
        dish.taken.amount += unitPrice.amount * quantity;
        dishes.set(key, dish);
      }
    },
    close: (): Takings => ({
      hours: [...hours.values()].sort((a, b) => a.hour.getTime() - b.hour.getTime()),
      dishes: [...dishes.values()].sort((a, b) => b.taken.amount - a.taken.amount),
    }),
  };
}
