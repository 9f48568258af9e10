import type { FoundFault } from "../domain/finding.ts";
import type { Line, Money, SoldLine } from "../domain/lines.ts";
import type { OrderSnapshot, Stamp } from "../domain/order.ts";
import type { OutboxEntry } from "../domain/outbox.ts";
import type { RefundStatus } from "../domain/refunds.ts";
import type { CancelReason } from "../domain/status.ts";

/** What the order service asks of stock. Every call may throw an AppError of kind "unavailable". */
export type Stock = {
  /**
   * @param language the guest's, in which dishes are named beside the menu's own words.
   * @throws AppError "invalid" (unknown products, in `details.fields`), "out_of_stock" (`details.shortages`),
   * "prices_changed" (`details.priceChanges`), "shop_closed" (with what guests are to read).
   */
  reserve(orderId: string, lines: readonly Line[], language?: string): Promise<Reservation>;
  /**
   * Turns what the order holds into sold. Repeats change nothing.
   * @throws AppError "conflict", "out_of_stock" or "not_found" when the order holds nothing that could be sold.
   */
  commit(orderId: string): Promise<void>;
  /**
   * Gives back what the order holds; `evenSold`: also what it has bought, as nobody cooks it. Repeats change nothing.
   * @throws AppError "conflict" when it is sold and that was not said.
   */
  release(orderId: string, evenSold?: "evenSold"): Promise<void>;
  /** What became of the reservations of these orders, in the same order. */
  find(orderIds: readonly string[]): Promise<readonly ReservationStatus[]>;
  products(): Promise<Menu>;
};

/**
 * What an order holds. `repeated`: it was reserved by an earlier call, perhaps for other lines. `expiresAt` is by stock's
 * clock, which need not agree with ours; of what holds no longer it is 1970.
 */
export type Reservation = { lines: readonly SoldLine[]; expiresAt: Date; repeated: boolean };

/** What became of what an order reserved; "unknown": stock knows of no reservation. */
export type ReservationStatus = "unknown" | "reserved" | "committed" | "released";

/** Where the way to pay for an order stands; "closed": nobody paid and nobody can any more. */
export type CheckoutStatus = "unknown" | "open" | "processing" | "paid" | "closed" | "refunding" | "refunded";

/** An order's payment; `total` is what was taken for it. */
export type Payment = { status: Exclude<CheckoutStatus, "paid"> } | { status: "paid"; total: Money };

/** What payment needs to know of an order: the session helps it to learn again what it has forgotten. */
export type Payable = { id: string; checkoutSessionId?: string };

/** What the order service asks of payment. Repeats change nothing. Every call may throw an AppError "unavailable". */
export type Payments = {
  /** Sees to it that nobody can pay any more. The answer is "closed", or what keeps it from that. */
  close(order: Payable, reason: CancelReason): Promise<Payment>;
  /**
   * Gives the money back, or of it what is asked for: once a refund id, however often.
   * @throws AppError "conflict" when less than that is left, "not_found" when nobody knows of a session.
   */
  refund(order: Payable, asked?: AskedRefund): Promise<RefundAnswer>;
  /** Has order.paid sent again. @throws AppError "conflict" when the order is not paid. */
  announce(orderId: string): Promise<void>;
  /** The payments of these orders, in the same order. */
  find(orderIds: readonly string[]): Promise<readonly Payment[]>;
};

/** A refund of this much, or of all that is left; who asks again with the same id asks for the same one. */
export type AskedRefund = { refundId: string; amount?: Money };

/** How the payment stands, and the refund that was asked for; "none": there was nothing to give back. */
export type RefundAnswer = Payment & { refund: RefundStatus | "none" };

/** What can be ordered, and whether the shop takes orders; `sentence` is what guests read while it does not. */
export type Menu = { products: readonly Product[]; shop: { closed: boolean; sentence: string } };

/** A product on the menu. */
export type Product = Omit<SoldLine, "productId" | "quantity" | "stripePriceId" | "translatedName"> & {
  id: string;
  description: string;
  category: string;
  emoji: string;
  /** What it contains, by the words of the menu; unset when nobody has said. */
  allergens?: readonly string[];
  /** Where a picture of it is. */
  image?: string;
  /** Its words in other languages than the menu's own, by the language; unset without any. */
  translations?: Readonly<Record<string, { name?: string; description?: string; category?: string }>>;
  available: number;
};

/** Something about an order that should not be, and what became of it. */
export type Finding = Omit<FoundFault, "at"> & { orderId: string };

/** Makes a finding known to operators. */
export type Report = (finding: Finding) => void;

/** Does work in a span of the trace that a `traceparent` names: what is done for an order is in the order's trace. */
export type InTrace = <T>(name: string, traceparent: string, work: () => Promise<T>) => Promise<T>;

/** Tells the world. @returns the ids of the events that could not be sent. */
export type Announce = (events: readonly Announcement[]) => Promise<readonly string[]>;

/** An outbox entry with the order that it is about. */
export type Announcement = { entry: OutboxEntry; order: OrderSnapshot };

/** The present moment in the present trace: what an order remembers of a step. Where the time alone counts it is `now().at`. */
export type Now = () => Stamp;
