import type { ReservationRequest, ReservationResult } from "./allot.ts";
import type { Change, Changed } from "./changes.ts";
import type { Money, Product } from "./product.ts";
import type { Reservation } from "./reservation.ts";
import type { Shop } from "./shop.ts";

/**
 * Products, quantities and reservations, changed atomically. Every method may throw an AppError "unavailable": then it
 * is open whether the change was made, and repeating the call is safe.
 */
export type StockRepository = {
  /** The named products, or all of them in the menu's order. Unknown ids are left out. */
  products(ids?: readonly string[]): Promise<readonly Product[]>;
  shop(): Promise<Shop>;
  /**
   * Serves a batch of orders as {@link allot} says, in one step. `prices` count instead of the products' own.
   * @param signal aborts when whoever asked has left: then nothing is reserved any more.
   */
  reserve(
    requests: readonly ReservationRequest[],
    prices: ReadonlyMap<string, Money>,
    signal?: AbortSignal,
  ): Promise<readonly ReservationResult[]>;
  /** The reservations that these orders have, by order id. */
  reservations(orderIds: readonly string[]): Promise<ReadonlyMap<string, Reservation>>;
  /**
   * Reservations that nobody committed or released until `deadline`, at most `limit`, the longest overdue first.
   * @param except orders that are left out.
   */
  due(deadline: Date, limit: number, except?: readonly string[]): Promise<readonly Reservation[]>;
  /**
   * Replaces the reservations of several orders in one step, and moves their units along with their status.
   * @returns an answer for each order, in their order: what `change` threw for it, or AppError "conflict" as
   * {@link demandUnits} says, when it was refused alone.
   */
  updateMany(orderIds: readonly string[], change: Change): Promise<readonly PromiseSettledResult<Changed>[]>;
  /** The same for one order. @throws what it was refused with. */
  update(orderId: string, change: Change): Promise<Changed>;
  /**
   * Puts products on the menu, in this order, with the quantities they carry. Those already on it stay as they are.
   * @returns the ids of those.
   */
  add(products: readonly Product[]): Promise<readonly string[]>;
};
