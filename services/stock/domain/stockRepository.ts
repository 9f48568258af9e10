import type { ReservationRequest, ReservationResult } from "./allot.ts";
import type { Change, Changed } from "./changes.ts";
import type { Money, Product } from "./product.ts";
import type { Reservation } from "./reservation.ts";
import type { Shop } from "./shop.ts";

/** A claim of at most `limit` reservations that were over at `deadline` and are unclaimed `now`; it holds until `until`. */
export type DueClaim = { readonly deadline: Date; readonly now: Date; readonly until: Date; readonly limit: number };

/** An order whose reservation is overdue, and how often it could not be settled. */
export type Due = { readonly orderId: string; readonly failures: number };

/** An order whose reservation is not looked at before then. */
export type PutOff = { readonly orderId: string; readonly until: Date };

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
   * @param signal aborts when the caller has left: then nothing is reserved any more.
   */
  reserve(
    requests: readonly ReservationRequest[],
    prices: ReadonlyMap<string, Money>,
    signal?: AbortSignal,
  ): Promise<readonly ReservationResult[]>;
  /** The reservations that these orders have, by order id. */
  reservations(orderIds: readonly string[]): Promise<ReadonlyMap<string, Reservation>>;
  /**
   * Orders whose reservations nobody committed or released until the deadline, the longest overdue first. Each is its
   * caller's alone until the claim ends: of several replicas that ask at once, one gets it.
   */
  claimDue(claim: DueClaim): Promise<readonly Due[]>;
  /** Puts off reservations that could not be settled, each until its time, and counts one more failure of each. */
  putOff(failed: readonly PutOff[]): Promise<void>;
  /** How many held reservations could not be settled that many times. */
  countFailed(times: number): Promise<number>;
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
