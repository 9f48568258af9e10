import type { KeptAct, Movement } from "../../domain/acts.ts";
import type { Product } from "../../domain/product.ts";
import type { Reservation } from "../../domain/reservation.ts";
import { openShop, type Shop } from "../../domain/shop.ts";

/** All that stock in memory keeps. */
export type Tables = {
  readonly products: Map<string, Product>;
  readonly reservations: Map<string, Reservation>;
  /** What each product began with. */
  readonly initial: Map<string, number>;
  readonly movements: Movement[];
  readonly acts: Map<string, KeptAct>;
  /** Overdue reservations that are left alone until then, and how often they could not be settled. */
  readonly due: Map<string, { until: Date; failures: number }>;
  shop: Shop;
};

/** Nothing, in an open shop. */
export function emptyTables(): Tables {
  return {
    products: new Map(),
    reservations: new Map(),
    movements: [],
    acts: new Map(),
    due: new Map(),
    initial: new Map(),
    shop: openShop,
  };
}

/** The products in the menu's order. */
export function onMenu({ products }: Tables): Product[] {
  return [...products.values()].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}
