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

/** What one means of payment brought, in one currency; "" is for orders of which nobody could say. */
export type MeansTakings = { means: string; orders: number; taken: Money; refunded: Money };

/** The takings of a time, hours in their order, dishes and means by what they brought. */
export type Takings = {
  hours: readonly HourTakings[];
  dishes: readonly DishTakings[];
  means: readonly MeansTakings[];
};

const hourMs = 3_600_000;
const longestMs = 31 * 24 * hourMs;
/** An order is paid within a day of being placed. */
const payableMs = 24 * hourMs;
const pageSize = 500;

type Deps = { orders: Pick<OrderRepository, "search"> };

/** What was taken from `from` until `until`, and given back. @throws AppError "invalid" for more than 31 days. */
export function getTakings({ orders }: Deps): Handler<{ from: Date; until: Date }, Takings> {
  async function* find(filter: OrderFilter): AsyncGenerator<OrderSnapshot> {
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
    for await (const order of find({ from: earliest, until })) books.enter(order);
    // A meal may be given back long after it was eaten.
    for await (const order of find({ refundedFrom: from, until: earliest })) books.enter(order);
    return books.close();
  };
}

function openBooks(from: Date, until: Date) {
  const isIn = (at: Date) => at >= from && at < until;
  const hours = entries((of: string, currency) => {
    return { hour: new Date(Number(of)), orders: 0, taken: none(currency), refunded: none(currency) };
  });
  const means = entries((of: string, currency) => {
    return { means: of, orders: 0, taken: none(currency), refunded: none(currency) };
  });
  const dishes = entries((productId: string, currency) => {
    return { productId, name: "", units: 0, taken: none(currency) };
  });
  const booksOf = (at: Date, { currency }: Money, { means: by = "" }: OrderSnapshot) => {
    const hour = Math.floor(at.getTime() / hourMs) * hourMs;
    return [hours.of(String(hour), currency), means.of(by, currency)];
  };
  return {
    enter(order: OrderSnapshot): void {
      const paidAt = order.history.find(({ status }) => status === "paid")?.at;
      for (const { at, amount, status } of refundsOf(order)) {
        if (!isIn(at) || status === "failed") continue;
        for (const entry of booksOf(at, amount, order)) entry.refunded = plus(entry.refunded, amount.amount);
      }
      if (!paidAt || !isIn(paidAt)) return;
      for (const entry of booksOf(paidAt, order.total, order)) {
        entry.orders += 1;
        entry.taken = plus(entry.taken, order.total.amount);
      }
      for (const { productId, name, quantity, unitPrice } of order.lines) {
        const dish = dishes.of(productId, unitPrice.currency);
        // Orders come newest first, and a dish is called as it was called last.
        dish.name ||= name;
        dish.units += quantity;
        dish.taken = plus(dish.taken, unitPrice.amount * quantity);
      }
    },
    close: (): Takings => ({
      hours: hours.all().sort((a, b) => a.hour.getTime() - b.hour.getTime()),
      dishes: dishes.all().sort((a, b) => b.taken.amount - a.taken.amount),
      means: means.all().sort((a, b) => b.taken.amount - a.taken.amount),
    }),
  };
}

const none = (currency: string): Money => ({ amount: 0, currency });

const plus = ({ amount, currency }: Money, more: number): Money => ({ amount: amount + more, currency });

/** Entries by what they are of and their currency, made when they are needed. */
function entries<T>(make: (of: string, currency: string) => T) {
  const known = new Map<string, T>();
  return {
    of(of: string, currency: string): T {
      const key = `${of} ${currency}`;
      const entry = known.get(key) ?? make(of, currency);
      known.set(key, entry);
      return entry;
    },
    all: () => [...known.values()],
  };
}
