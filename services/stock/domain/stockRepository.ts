import type { ReservationRequest, ReservationResult } from "./allot.ts";
import type { Money, Product } from "./product.ts";
import type { Reservation } from "./reservation.ts";

/**
 * Products, quantities and reservations, changed atomically. Every method may throw an AppError "unavailable": then it
 * is open whether the change was made, and repeating the call is safe.
 */
export type StockRepository = {
  /** The named products, or all of them in the menu's order. Unknown ids are left out. */
  products(ids?: readonly string[]): Promise<readonly Product[]>;
  /** Serves a batch of orders as {@link allot} says, in one step. `prices` count instead of the products' own. */
  reserve(
    requests: readonly ReservationRequest[],
    prices: ReadonlyMap<string, Money>,
  ): Promise<readonly ReservationResult[]>;
  /** The reservations that these orders have, by order id. */
  reservations(orderIds: readonly string[]): Promise<ReadonlyMap<string, Reservation>>;
  /** Reservations that nobody committed or released until `deadline`, at most `limit`, the longest overdue first. */
  due(deadline: Date, limit: number): Promise<readonly Reservation[]>;
  /**
   * Replaces an order's reservation and moves its units along with its status.
   * @returns the reservation as it is now, and whether that is news; nothing when the order has none.
   * @throws what `change` throws, and AppError "conflict" as {@link demandUnits} says.
   */
  update(
    orderId: string,
    change: (reservation: Reservation) => Reservation,
  ): Promise<{ reservation: Reservation; changed: boolean } | undefined>;
  /** Puts products on the menu, in this order, with the quantities they carry. Those already on it stay as they are. */
  add(products: readonly Product[]): Promise<void>;
};
