import { randomUUID } from "node:crypto";
import type { Orders } from "./app/services.ts";
import type { Asked } from "./domain/acts.ts";
import type { ReservationRequest } from "./domain/allot.ts";
import type { Money, Product } from "./domain/product.ts";
import type { StockRepository } from "./domain/stockRepository.ts";

/** No prices but the products' own. */
export const noPrices: ReadonlyMap<string, Money> = new Map();

/** Answers of an order service, one for each order; one that throws is an order that nobody can tell of. */
export function answering(needs: (orderId: string) => boolean): Orders["needItems"] {
  return (orderIds) => Promise.allSettled(orderIds.map(async (orderId) => needs(orderId)));
}

/** An order service that knows no order. */
export const noOrders: Orders = { needItems: answering(() => false) };

/** A product of which 10 are available, at 2.50 EUR. */
export function aProduct(id: string, fields: Partial<Product> = {}): Product {
  return {
    id,
    name: id,
    description: `a fine ${id}`,
    category: "food",
    emoji: "🍲",
    image: "",
    unitPrice: { amount: 250, currency: "eur" },
    stripePriceId: "",
    available: 10,
    reserved: 0,
    sold: 0,
    hidden: false,
    soldOut: false,
    position: 0,
    version: 1,
    ...fields,
  };
}

/** A new order's request for quantities by product id; it holds for an hour. */
export function anOrder(quantities: Record<string, number>): ReservationRequest {
  const lines = Object.entries(quantities).map(([productId, quantity]) => ({ productId, quantity }));
  return { orderId: randomUUID(), lines, expiresAt: new Date("2026-01-01T12:34:56.789Z") };
}

/** What Olga, an owner, does now. */
export function anAct(action: string, target: string, fields: Partial<Asked> = {}): Asked {
  const by = { id: randomUUID(), subject: "olga", name: "Olga", reason: "" };
  return { ...by, action, target, content: "all of it", at: new Date(), traceId: "0af7", ...fields };
}

/** What is available, reserved and sold of every product. */
export async function ledgerOf(stock: StockRepository): Promise<Record<string, [number, number, number]>> {
  const products = await stock.products();
  return Object.fromEntries(products.map(({ id, available, reserved, sold }) => [id, [available, reserved, sold]]));
}
