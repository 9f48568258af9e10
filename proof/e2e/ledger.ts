import { setTimeout as delay } from "node:timers/promises";
import { inject, onTestFinished } from "vitest";
import type { Order, Product } from "../../ops/ledger/books.ts";
import { readOrders, readStock } from "../../ops/ledger/databases.ts";
import { orderFaults } from "../../ops/ledger/orderFaults.ts";
import { stockFaults } from "../../ops/ledger/stockFaults.ts";

/** After every deadline: whatever is still reserved has its order by now. */
const endOfTime = new Date(8.64e15);

/** The orders that the stack's MongoDB holds, by id. */
export async function storedOrders(ids: readonly string[]): Promise<Map<string, Order>> {
  const ordering = readOrders(inject("stack").mongodbUrl, "gorder", 60_000);
  onTestFinished(() => ordering.close());
  return new Map((await ordering.orders(ids)).map((order) => [order.id, order]));
}

/**
 * Closes the books on products: every unit is in one pile, the piles are what the reservations say, and every
 * reservation belongs to an order whose status it fits. Waits for what is still under way, and looks at least once.
 * @param initial the units that each product began with.
 * @param timeout how long it may take until nothing is under way, in milliseconds.
 * @returns the piles by product.
 */
export async function demandBalance(
  initial: Readonly<Record<string, number>>,
  timeout = 60_000,
): Promise<Record<string, Pick<Product, "available" | "reserved" | "sold">>> {
  const ids = Object.keys(initial);
  const { mysqlUrl, mongodbUrl } = inject("stack");
  const [stock, ordering] = [readStock(mysqlUrl), readOrders(mongodbUrl, "gorder", 60_000)];
  onTestFinished(async () => void (await Promise.all([stock.close(), ordering.close()])));
  let products: Product[] = [];
  const look = async () => {
    const found = await stock.products(ids);
    products = found.map((product) => ({ ...product, initial: initial[product.id] ?? 0, moved: 0 }));
    const reservations = await stock.reservations(ids);
    const orders = await ordering.orders(reservations.map(({ orderId }) => orderId));
    // An order may be of other products too, and their books are not closed here.
    const ours = reservations.map(({ lines, ...rest }) => ({
      ...rest,
      lines: lines.filter(({ productId }) => ids.includes(productId)),
    }));
    return [
      ...ids.filter((id) => !products.some((product) => product.id === id)).map((id) => `product ${id}: is not there`),
      ...stockFaults({ products, reservations: ours }),
      ...orderFaults({ orders, reservations, at: endOfTime }),
    ];
  };
  const end = Date.now() + timeout;
  for (let faults = await look(); faults.length > 0; faults = await look()) {
    if (Date.now() > end) throw new Error(`The books do not balance:\n${faults.join("\n")}`);
    await delay(250);
  }
  return Object.fromEntries(products.map(({ id, available, reserved, sold }) => [id, { available, reserved, sold }]));
}
