import type { Order } from "./order.ts";
import type { OrderRecords } from "./orderRecords.ts";
import type { Status } from "./status.ts";

/** Which part of a list is wanted: at most `limit` orders, older than the cursor's if there is one. */
export type Page = { limit: number; before?: { placedAt: Date; id: string } };

/** How much has to be told and how old the oldest of it is. */
export type OutboxDepth = { entries: number; oldestAt: Date | undefined };

/** Where orders are kept. */
export type OrderRepository = OrderRecords & {
  /** Stores a new order with its events in one write; "exists" when the id is taken, and nothing changes. */
  add(order: Order): Promise<"added" | "exists">;
  get(id: string): Promise<Order | undefined>;
  /** A customer's orders, newest first. */
  list(customerId: string, page: Page): Promise<readonly Order[]>;
  /** How many of a customer's orders wait for being paid; beyond `most` nobody counts. */
  countOpen(customerId: string, most: number): Promise<number>;
  /** How many orders of all customers have no payment link yet; beyond `most` nobody counts. */
  countPending(most: number): Promise<number>;
  /**
   * Loads the order, lets `change` change it, and stores it unless `change` returned false. Of two writers one starts
   * anew from what the other stored.
   * @throws AppError "not_found", "unavailable" when others kept getting in between, or what `change` throws.
   */
  update(id: string, change: (order: Order) => boolean): Promise<Order>;
  /**
   * Orders whose outbox is due, at most `limit`, each made due later. Of several replicas that ask at once, one gets
   * an order.
   */
  claimDue(now: Date, limit: number): Promise<readonly Order[]>;
  /** Orders that have rested long enough to be looked at, claimed as with {@link OrderRepository.claimDue}. */
  claimResting(now: Date, limit: number): Promise<readonly Order[]>;
  /** Paid orders that no kitchen has claimed, or whose lease has ended by `now`: the longest waiting first. */
  cookable(now: Date, limit: number): Promise<readonly Order[]>;
  /** What a kitchen has claimed and not finished. */
  claimedBy(kitchenId: string): Promise<readonly Order[]>;
  /**
   * Writes again some of the orders placed before this time that lack what they are found by, as a version stored them that
   * did not know it. Goes on where it ended, in whichever replica. @returns whether there is more to do.
   */
  backfill(before: Date): Promise<"more" | "done">;
  outboxDepth(): Promise<OutboxDepth>;
  count(status: Status): Promise<number>;
};
