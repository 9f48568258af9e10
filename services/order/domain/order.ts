import { AppError } from "#common/errors";
import { type ActRecord, withAct } from "./act.ts";
import * as outbox from "./entries.ts";
import { type FoundFault, withFound } from "./finding.ts";
import { payable } from "./hold.ts";
import { demandPayable, totalOf } from "./lines.ts";
import { moved, refused } from "./moved.ts";
import type { OutboxEntry } from "./outbox.ts";
import * as owner from "./owner.ts";
import * as money from "./refunds.ts";
import type { Claim, OrderSnapshot, Placement, PlainStatus, Stamp } from "./snapshot.ts";
import { type Actor, type CancelReason, isOpen, isPaid, isStaff, type StaffActor, type Status } from "./status.ts";
import * as ticket from "./ticket.ts";

export type { Claim, OrderSnapshot, Placement, Stamp, StatusChange } from "./snapshot.ts";

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
  static place({ eventId, stamp, guestName, language, ...placed }: Placement): Order {
    const total = totalOf(placed.lines);
    demandPayable(total);
    return new Order({
      ...placed,
      ...(guestName && { guestName }),
      ...(language && { language }),
      status: "pending",
      total,
      history: [{ status: "pending", by: "customer", ...stamp }],
      outbox: [{ id: eventId, type: "order.created", at: stamp.at }],
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
    const { paymentLink: _link, checkoutSessionId: _session, means: _means, claim: _claim, ...others } = this.#state;
    const { history, hold, expiresAt, ...rest } = others;
    const first = { expiresAt: hold?.until ?? expiresAt, ...(hold && { hold }) };
    return { ...rest, ...first, status: "pending", history: history.slice(0, 1), version: 1 };
  }

  /**
   * The customer can pay at the link. Seen by everyone who waits for order.created: its outbox entry is done.
   * @throws AppError "conflict" for another link than the one that it has.
   */
  requestPayment(paymentLink: string, stamp: Stamp, checkoutSessionId = ""): boolean {
    const { status, paymentLink: first = paymentLink } = this.#state;
    if (this.#was("waiting_for_payment") && status !== "cancelled") {
      if (first === paymentLink) return false;
      throw new AppError("conflict", "The order has another payment link already");
    }
    const waiting = moved(this.#state, "waiting_for_payment", "payment", stamp);
    this.#state = { ...waiting, paymentLink, ...(checkoutSessionId && { checkoutSessionId }) };
    this.#close("order.created");
    return true;
  }

  /** The customer goes to pay: it can be paid for its whole time. */
  beginPayment(stamp: Stamp): boolean {
    return this.#become(payable(this.#state, stamp));
  }

  /**
   * The payment provider has the money. Who could pay had a link, even if the order has not heard of it. That what it
   * holds is to be sold, or goes back if all of the money is back by now, is written down with it.
   * @param means what it was paid with; empty when that is not known.
   */
  pay(stamp: Stamp, means = ""): boolean {
    const { status } = this.#state;
    if (isPaid(status)) return false;
    const asked = status === "pending" ? moved(this.#state, "waiting_for_payment", "payment", stamp) : this.#state;
    const { outbox: before, ...paid } = moved(asked, "paid", "payment", stamp);
    const entries = [...before.filter(({ type }) => type !== "order.created"), money.saleAt(stamp)];
    return this.#become(money.refundedIfBack({ ...paid, ...(means && { means }), outbox: entries }, stamp));
  }

  /** The payment provider has money for an order that nobody will cook: it goes back. */
  oweRefund(entryId: string, stamp: Stamp): boolean {
    return this.#become(money.owing(this.#state, { id: entryId, by: "sweeper", reason: "" }, stamp));
  }

  /** A part of the money, or all that is left, goes back. @throws AppError "invalid", "conflict" */
  giveBack(wish: money.RefundWish, stamp: Stamp): boolean {
    return this.#become(money.refunding(this.#state, wish, stamp));
  }

  /** Nobody paid after all: a refund that was asked for is not wanted any more. */
  withdraw(refundId: string): boolean {
    return this.#become(money.withdrawn(this.#state, refundId));
  }

  /** What the provider says of its refunds. */
  recordRefunds(news: readonly money.RefundNews[], stamp: Stamp): boolean {
    return this.#become(money.recorded(this.#state, news, stamp));
  }

  /** Since when a cook may take it: since it was paid, or since the lease of a kitchen that did not finish it has ended. */
  get cookableSince(): Date | undefined {
    return ticket.cookableSince(this.#state);
  }

  /** A kitchen, or a cook by name, cooks it, and no other one does until the lease ends. */
  claimFor(claim: Claim, stamp: Stamp): boolean {
    return this.#become(ticket.claimed(this.#state, claim, stamp));
  }

  /** The kitchen that claimed it will not finish it: the next one may. */
  returnTicket(kitchenId: string, stamp: Stamp): boolean {
    if (this.#state.claim?.by !== kitchenId) return false;
    this.#moveTo("paid", isStaff(kitchenId) ? kitchenId : "kitchen", stamp);
    return true;
  }

  /** The meal is cooked, by the kitchen that claimed it; its lease may have ended as long as nobody else took it. */
  markReady(kitchenId: string, stamp: Stamp): boolean {
    return this.#become(ticket.finished(this.#state, kitchenId, stamp));
  }

  /** A cook touched the wrong ticket: it waits again, or is cooked again by them. @throws AppError "conflict" */
  takeBack(claim: Claim & { by: StaffActor }, stamp: Stamp): boolean {
    return this.#become(ticket.takenBack(this.#state, claim, stamp));
  }

  /** One dish of a ticket is done, or is not after all. @throws AppError "invalid", "conflict" */
  tick(productId: string, done: boolean): boolean {
    return this.#become(ticket.ticked(this.#state, productId, done));
  }

  /** Nobody will pay for it any more. What it held goes back once its event is dealt with. */
  cancel(reason: CancelReason, by: Actor, eventId: string, stamp: Stamp): boolean {
    if (this.#was("cancelled")) return false;
    if (!isOpen(this.#state.status)) throw refused(this.#state.status, "cancelled");
    this.#moveTo("cancelled", by, stamp, reason);
    this.#close("order.created");
    this.#add({ id: eventId, type: "order.cancelled", at: stamp.at });
    return true;
  }

  /** Staff cancel it, also when it is paid: then it is not cooked, and what is left of its money goes back. */
  callOff(by: StaffActor, refund: Pick<money.OrderRefund, "id" | "reason">, eventId: string, stamp: Stamp): boolean {
    if (isOpen(this.#state.status) || this.#was("cancelled")) return this.cancel("staff", by, eventId, stamp);
    this.#moveTo("cancelled", by, stamp, "staff");
    this.#close("sale");
    this.#add({ id: eventId, type: "order.cancelled", at: stamp.at });
    if (money.leftOf(this.#state).amount > 0) this.giveBack({ ...refund, by }, stamp);
    return true;
  }

  /** The money went back. What the order holds has still to be sold, or to go back. */
  refund(by: Actor, stamp: Stamp): boolean {
    if (this.#state.status === "refunded") return false;
    return this.#become(money.paidBack(this.#state, by, stamp));
  }

  /** The effect of an outbox entry was seen. */
  closeEntry(entryId: string): boolean {
    return this.#become(outbox.without(this.#state, entryId));
  }

  /** What it held was sold, as this entry asked for: that goes back if nobody will cook it by now. */
  closeSale(entryId: string, stamp: Stamp): boolean {
    return this.#become(money.saleClosed(this.#state, entryId, stamp));
  }

  /** Somebody outside takes their time with an entry: it is tried again then, and nobody is alarmed meanwhile. */
  park(entryId: string, dueAt: Date): boolean {
    return this.#become(outbox.parked(this.#state, entryId, dueAt));
  }

  /** An entry can come to nothing any more: it is kept for an operator. */
  giveUp(entryId: string, why: string, stamp: Stamp): boolean {
    return this.#become(outbox.givenUp(this.#state, entryId, why, stamp.at));
  }

  /** All that the order still waits for is tried anew, at once. @throws AppError "conflict" when that is nothing. */
  announce(stamp: Stamp): boolean {
    return this.#become(outbox.retried(this.#state, stamp.at));
  }

  /** Its guest has signed in: their account has it from now on, unless somebody else has, or it came to nothing. */
  handOver(from: string, to: string, stamp: Stamp): boolean {
    return this.#become(owner.handedOver(this.#state, from, to, stamp));
  }

  /** Writes down who did this; to be stored with what was done. */
  record(act: ActRecord): void {
    this.#state = { ...this.#state, acts: withAct(this.#state.acts ?? [], act) };
  }

  /** Writes down what was wrong with it. */
  note(fault: FoundFault): void {
    this.#state = { ...this.#state, found: withFound(this.#state.found ?? [], fault) };
  }

  #was(status: Status): boolean {
    return this.#state.history.some((change) => change.status === status);
  }

  #close(type: OutboxEntry["type"]): void {
    this.#state = { ...this.#state, outbox: this.#state.outbox.filter((entry) => entry.type !== type) };
  }

  #add(entry: OutboxEntry): void {
    this.#state = { ...this.#state, outbox: [...this.#state.outbox, entry] };
  }

  #moveTo(status: PlainStatus, by: Actor, stamp: Stamp, reason?: CancelReason): void {
    this.#become(moved(this.#state, status, by, stamp, reason));
  }

  /** @returns whether that is a change. */
  #become(next: OrderSnapshot | undefined): boolean {
    this.#state = next ?? this.#state;
    return next !== undefined;
  }
}
