import type { Books, Checkout, Order, Refund } from "./books.ts";
import { readOrders, readStock } from "./databases.ts";
import { type Provider, readProvider } from "./provider.ts";

/** Where the books of a running system are. */
export type Sources = {
  readonly mysqlUrl: string;
  readonly mongodbUrl: string;
  readonly mongodbDatabase?: string | undefined;
  readonly provider: Provider;
  /** See {@link Books.moneySince}. */
  readonly moneySince?: Date | undefined;
};

/** Of all money of the provider's account that of orders, and of what only we can have asked for. */
export function ownMoney(
  checkouts: readonly Checkout[],
  refunds: readonly Refund[],
  orders: readonly Pick<Order, "id">[],
): Pick<Books, "checkouts" | "refunds"> {
  const ids = new Set(orders.map(({ id }) => id));
  const own = checkouts.filter(({ perhapsOthers, orderId }) => !perhapsOthers || ids.has(orderId));
  const paid = new Set(own.map(({ paymentId }) => paymentId));
  return { checkouts: own, refunds: refunds.filter(({ paymentId }) => paid.has(paymentId)) };
}

/** The books of a running system, to be read as often as wanted. */
export type OpenBooks = { read(): Promise<Books>; close(): Promise<void> };

/** Opens the books of a running system: past its services, so that none of them vouches for itself. */
export function openBooks({ mysqlUrl, mongodbUrl, mongodbDatabase, provider, moneySince }: Sources): OpenBooks {
  const stock = readStock(mysqlUrl);
  const ordering = readOrders(mongodbUrl, mongodbDatabase);
  const money = readProvider(provider);
  return {
    async read() {
      const [checkouts, refunds, orders, products, reservations] = await Promise.all([
        money.checkouts(),
        money.refunds(),
        ordering.orders(),
        stock.products(),
        stock.reservations(),
      ]);
      return { at: new Date(), products, reservations, orders, ...ownMoney(checkouts, refunds, orders), moneySince };
    },
    async close() {
      await Promise.all([stock.close(), ordering.close()]);
    },
  };
}
