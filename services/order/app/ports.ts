import type { Line, SoldLine } from "../domain/lines.ts";
import type { OrderSnapshot, Stamp } from "../domain/order.ts";
import type { OutboxEntry } from "../domain/outbox.ts";

/** What the order service asks of stock. Every call may throw an AppError of kind "unavailable". */
export type Stock = {
  /** @throws AppError "invalid" (unknown products, in `details.fields`), "out_of_stock" (`details.shortages`). */
  reserve(orderId: string, lines: readonly Line[]): Promise<Reservation>;
  /** Turns what the order holds into sold. Repeats change nothing. */
  commit(orderId: string): Promise<void>;
  /** Gives back what the order holds. Repeats change nothing. */
  release(orderId: string): Promise<void>;
  products(): Promise<readonly Product[]>;
};

/** What an order holds. `repeated`: it was reserved by an earlier call, perhaps for other lines. */
export type Reservation = { lines: readonly SoldLine[]; expiresAt: Date; repeated: boolean };

/** A product on the menu. */
export type Product = Omit<SoldLine, "productId" | "quantity" | "stripePriceId"> & {
  id: string;
  description: string;
  category: string;
  emoji: string;
  available: number;
};

/** Tells the world. @returns the ids of the events that could not be sent. */
export type Announce = (events: readonly Announcement[]) => Promise<readonly string[]>;

/** An outbox entry with the order that it is about. */
export type Announcement = { entry: OutboxEntry; order: OrderSnapshot };

/** The present moment in the present trace. */
export type Now = () => Stamp;
