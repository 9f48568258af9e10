import { AppError } from "#common/errors";
import { type Money, type SoldLine, totalOf } from "./lines.ts";
import type { OutboxEntry } from "./outbox.ts";
import { type Actor, type CancelReason, isPaid, mayMove, type Status } from "./status.ts";

/** When something happened to an order, and the id of the trace that tells how. */
export type Stamp = { at: Date; traceId: string };

/** One step of an order's life. */
export type StatusChange = Stamp & { status: Status; by: Actor; reason?: CancelReason };

/** The one kitchen that may finish a meal, until its lease ends. */
export type Claim = { by: string; until: Date };

/** All there is to know of an order, as plain data. */
export type OrderSnapshot = {
  id: string;
  customerId: string;
  status: Status;
  lines: readonly SoldLine[];
  total: Money;
  paymentLink?: string;
  /** The checkout session at the payment provider, once there is one. */
  checkoutSessionId?: string;
  /** Until when it can be paid. */
  expiresAt: Date;
  /** Who cooks it, while somebody does. */
  claim?: Claim;
  history: readonly StatusChange[];
  /** Entries stay until their effect is seen, not until they were sent. */
  outbox: readonly OutboxEntry[];
  /** W3C trace context of the request that placed the order. */
  traceparent: string;
  /** 1 for a new order, one more with every change. */
  version: number;
};

/** What placing an order needs; the lines are reserved already. */
export type Placement = Pick<OrderSnapshot, "id" | "customerId" | "lines" | "traceparent" | "expiresAt"> & {
  eventId: string;
  stamp: Stamp;
};

/**
 * An order and the rules of its life. A verb that was done before changes nothing and says so by returning false;
 * one that the status does not allow throws an AppError of kind "conflict".
 */
export class Order {
  #state: OrderSnapshot;

  private constructor(state: OrderSnapshot) {
    this.#state = state;
  }

  /** A new order, whose event waits in its outbox. @throws AppError "invalid" */
  static place({ id, customerId, lines, traceparent, expiresAt, eventId, stamp }: Placement): Order {
    return new Order({
      id,
      customerId,
      status: "pending",
      lines,
      total: totalOf(lines),
      expiresAt,
      history: [{ status: "pending", by: "customer", ...stamp }],
      outbox: [{ id: eventId, type: "order.created", at: stamp.at }],
      traceparent,
      version: 1,
    });
  }

  /** For repositories alone: an order as it was stored. */
  static restore(snapshot: OrderSnapshot): Order {
    return new Order(snapshot);
  }

  get snapshot(): OrderSnapshot {
    return this.#state;
  }

  /** The order as its customer saw it first, however far it is by now. */
  get asPlaced(): OrderSnapshot {
    const { paymentLink: _link, checkoutSessionId: _session, claim: _claim, history, ...rest } = this.#state;
    return { ...rest, status: "pending", history: history.slice(0, 1), version: 1 };
  }

  /** The customer can pay at the link. Seen by everyone who waits for order.created: its outbox entry is done. */
  requestPayment(paymentLink: string, stamp: Stamp, checkoutSessionId = ""): boolean {
    if (this.#was("waiting_for_payment") && this.#state.status !== "cancelled") return false;
    this.#moveTo("waiting_for_payment", "payment", stamp);
    this.#state = { ...this.#state, paymentLink, ...(checkoutSessionId && { checkoutSessionId }) };
    this.#close("order.created");
    return true;
  }

  /**
   * The payment provider has the money. Who could pay had a link, even if the order has not heard of it. That what it
   * holds is to be sold is written down with it.
   */
  pay(stamp: Stamp): boolean {
    const { status } = this.#state;
    if (isPaid(status)) return false;
    if (status === "pending") {
      this.#moveTo("waiting_for_payment", "payment", stamp);
      this.#close("order.created");
    }
    this.#moveTo("paid", "payment", stamp);
    this.#state = { ...this.#state, outbox: [...this.#state.outbox, { id: "sale", type: "sale", at: stamp.at }] };
    return true;
  }

  /** What it held is sold. */
  sold(): boolean {
    return this.settle("sale");
  }

  /** The payment provider has money for an order that nobody will cook: it goes back. */
  oweRefund(entryId: string, { at }: Stamp): boolean {
    const { status } = this.#state;
    if (status === "refunded" || this.#owesRefund) return false;
    if (!mayMove(status, "refunded")) throw refused(status, "refunded");
    this.#close("sale");
    this.#state = { ...this.#state, outbox: [...this.#state.outbox, { id: entryId, type: "refund", at }] };
    return true;
  }

  /** Since when a cook may take it: since it was paid, or since the lease of a kitchen that did not finish it has ended. */
  get cookableSince(): Date | undefined {
    const { status, claim, history } = this.#state;
    if (this.#owesRefund) return undefined;
    if (status === "cooking") return claim?.until;
    return status === "paid" ? history.find((change) => change.status === "paid")?.at : undefined;
  }

  /** A kitchen cooks it, and no other one does until the lease ends. */
  claimFor({ by, until }: Claim, stamp: Stamp): boolean {
    const since = this.cookableSince;
    if (since === undefined || since > stamp.at) throw new AppError("conflict", "This order is not to be cooked now");
    this.#moveTo("cooking", "kitchen", stamp);
    this.#state = { ...this.#state, claim: { by, until } };
    return true;
  }

  /** The kitchen that claimed it will not finish it: the next one may. */
  returnTicket(kitchenId: string, stamp: Stamp): boolean {
    if (!this.#isClaimedBy(kitchenId)) return false;
    this.#moveTo("paid", "kitchen", stamp);
    return true;
  }

  /** The meal is cooked, by the kitchen that claimed it; its lease may have ended as long as nobody else took it. */
  markReady(kitchenId: string, stamp: Stamp): boolean {
    if (this.#state.status === "ready") return false;
    if (this.#owesRefund) throw new AppError("conflict", "The money of this order goes back: it cannot become ready");
    if (this.#state.status === "cooking" && !this.#isClaimedBy(kitchenId)) {
      throw new AppError("conflict", "Another kitchen has claimed this order");
    }
    this.#moveTo("ready", "kitchen", stamp);
    return true;
  }

  /** Nobody will pay for it any more. What it held goes back once its event is dealt with. */
  cancel(reason: CancelReason, by: Actor, eventId: string, stamp: Stamp): boolean {
    if (this.#was("cancelled")) return false;
    this.#moveTo("cancelled", by, stamp, reason);
    this.#close("order.created");
    this.#state = {
      ...this.#state,
      outbox: [...this.#state.outbox, { id: eventId, type: "order.cancelled", at: stamp.at }],
    };
    return true;
  }

  /** The money went back. */
  refund(by: Actor, stamp: Stamp): boolean {
    if (this.#state.status === "refunded") return false;
    this.#moveTo("refunded", by, stamp);
    this.#close("sale");
    this.#close("refund");
    return true;
  }

  /** The effect of an event was seen. */
  settle(eventId: string): boolean {
    const outbox = this.#state.outbox.filter(({ id }) => id !== eventId);
    if (outbox.length === this.#state.outbox.length) return false;
    this.#state = { ...this.#state, outbox };
    return true;
  }

  #isClaimedBy(kitchenId: string): boolean {
    return this.#state.claim?.by === kitchenId;
  }

  get #owesRefund(): boolean {
    return this.#state.outbox.some(({ type }) => type === "refund");
  }

  #was(status: Status): boolean {
    return this.#state.history.some((change) => change.status === status);
  }

  #close(type: OutboxEntry["type"]): void {
    this.#state = { ...this.#state, outbox: this.#state.outbox.filter((entry) => entry.type !== type) };
  }

  #moveTo(status: Status, by: Actor, stamp: Stamp, reason?: CancelReason): void {
    const from = this.#state.status;
    if (!mayMove(from, status)) throw refused(from, status);
    const change: StatusChange = { status, by, ...stamp, ...(reason && { reason }) };
    // A claim is of the one status that it was made for.
    const { claim: _claim, history, version, ...rest } = this.#state;
    this.#state = { ...rest, status, history: [...history, change], version: version + 1 };
  }
}

function refused(from: Status, to: Status): AppError {
  return new AppError("conflict", `The order is ${words(from)}: it cannot become ${words(to)}`);
}

function words(status: Status): string {
  return status.replaceAll("_", " ");
}
