import type { ActRecord } from "./act.ts";
import type { FoundFault } from "./finding.ts";
import type { Hold } from "./hold.ts";
import type { Money, SoldLine } from "./lines.ts";
import type { OutboxEntry, StuckEntry } from "./outbox.ts";
import type { FormerOwner } from "./owner.ts";
import type { OrderRefund } from "./refunds.ts";
import type { Actor, CancelReason, Status } from "./status.ts";

/** When something happened to an order, and the id of the trace that tells how. */
export type Stamp = { at: Date; traceId: string };

/** One step of an order's life. */
export type StatusChange = Stamp & { status: Status; by: Actor; reason?: CancelReason };

/** The one kitchen that may finish a meal, until its lease ends. */
export type Claim = { by: string; until: Date };

/** What is known of an order wherever it is in its life. */
export type OrderFacts = {
  id: string;
  customerId: string;
  /** What the guest wants to be called. */
  guestName?: string;
  /** The guest's language, a BCP 47 tag: the payment page is in it. */
  language?: string;
  lines: readonly SoldLine[];
  total: Money;
  paymentLink?: string;
  /** The checkout session at the payment provider, once there is one. */
  checkoutSessionId?: string;
  /** What it was paid with, in the payment provider's word; missing where that is not known. */
  means?: string;
  /** Until when it can be paid. */
  expiresAt: Date;
  /** How that changes once its guest goes to pay; missing where it does not. */
  hold?: Hold;
  /** Products that the cook has ticked off. */
  ticked?: readonly string[];
  history: readonly StatusChange[];
  /** Entries stay until their effect is seen, not until they were sent. */
  outbox: readonly OutboxEntry[];
  /** What came to nothing, until an operator has it tried again. */
  stuck?: readonly StuckEntry[];
  /** Money that went back, is on its way or could not be given back. */
  refunds?: readonly OrderRefund[];
  /** What was wrong with it once, or is. */
  found?: readonly FoundFault[];
  /** What staff did with it. */
  acts?: readonly ActRecord[];
  /** Whom it belonged to before, the first of them first. */
  formerOwners?: readonly FormerOwner[];
  /** W3C trace context of the request that placed the order. */
  traceparent: string;
  /** 1 for a new order, one more with every change. */
  version: number;
};

/** An order that can be paid at its link. */
export type WaitingOrder = OrderFacts & { status: "waiting_for_payment"; paymentLink: string; claim?: never };

/** An order that somebody cooks, alone until the lease ends. */
export type CookingOrder = OrderFacts & { status: "cooking"; claim: Claim };

/** A status that asks for no more than what is known of every order. */
export type PlainStatus = Exclude<Status, "waiting_for_payment" | "cooking">;

/** All there is to know of an order, as plain data. */
export type OrderSnapshot = WaitingOrder | CookingOrder | (OrderFacts & { status: PlainStatus; claim?: never });

/** What placing an order needs; the lines are reserved already. */
export type Placement = Pick<
  OrderSnapshot,
  "id" | "customerId" | "formerOwners" | "guestName" | "language" | "lines" | "traceparent" | "expiresAt" | "hold"
> & {
  eventId: string;
  stamp: Stamp;
};
