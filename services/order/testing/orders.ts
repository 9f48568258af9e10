import { randomUUID } from "node:crypto";
import type { SoldLine } from "../domain/lines.ts";
import { type Claim, Order, type Placement, type Stamp } from "../domain/order.ts";
import type { Status } from "../domain/status.ts";

/** The moment that tests start at. */
export const noon = Date.UTC(2026, 0, 1, 12);

/** A moment, so many seconds after {@link noon}. */
export function stamp(seconds = 0, traceId = ""): Stamp {
  return { at: new Date(noon + seconds * 1000), traceId };
}

/** A sold line, at 2.50 EUR a unit. */
export function sold(productId: string, quantity = 1, unitPrice = { amount: 250, currency: "eur" }): SoldLine {
  return { productId, quantity, name: productId, unitPrice, stripePriceId: "" };
}

/** A new order, placed at noon, with an id of its own. */
export function placed(fields: Partial<Placement> = {}): Order {
  return Order.place({
    id: randomUUID(),
    customerId: "ann",
    lines: [sold("tea", 2)],
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    eventId: randomUUID(),
    stamp: stamp(),
    expiresAt: new Date((fields.stamp ?? stamp()).at.getTime() + 1_800_000),
    ...fields,
  });
}

/** A claim of a minute. */
export function claimOf(by: string, { at }: Stamp): Claim {
  return { by, until: new Date(at.getTime() + 60_000) };
}

/** The verbs of an order that these tests use, by name. */
export const verbs = {
  requestPayment: (order: Order, at: Stamp) => order.requestPayment("https://pay.example/1", at),
  pay: (order: Order, at: Stamp) => order.pay(at),
  oweRefund: (order: Order, at: Stamp) => order.oweRefund("refund-1", at),
  claimFor: (order: Order, at: Stamp) => order.claimFor(claimOf("kitchen-1", at), at),
  returnTicket: (order: Order, at: Stamp) => order.returnTicket("kitchen-1", at),
  markReady: (order: Order, at: Stamp) => order.markReady("kitchen-1", at),
  cancel: (order: Order, at: Stamp) => order.cancel("customer", "customer", "cancelled-1", at),
  refund: (order: Order, at: Stamp) => order.refund("operator", at),
  callOff: (order: Order, at: Stamp) => order.callOff("staff:eve", { id: "refund-2", reason: "" }, "cancelled-2", at),
  takeBack: (order: Order, at: Stamp) => order.takeBack({ ...claimOf("", at), by: "staff:eve" }, at),
  giveBack: (order: Order, at: Stamp) => order.giveBack({ id: "refund-3", by: "staff:eve", reason: "" }, at),
  recordBack: (order: Order, at: Stamp) =>
    order.recordRefunds([{ id: "re_1", amount: order.snapshot.total, status: "succeeded" }], at),
} as const;

export type Verb = keyof typeof verbs;

/** Given: what has happened to an order so far, a second apart. */
export function after(...done: readonly Verb[]): Order {
  const order = placed();
  for (const [index, verb] of done.entries()) verbs[verb](order, stamp(index + 1));
  return order;
}

/** Ways to every status. */
export const lives: Record<Status, readonly Verb[]> = {
  pending: [],
  waiting_for_payment: ["requestPayment"],
  paid: ["requestPayment", "pay"],
  cooking: ["requestPayment", "pay", "claimFor"],
  ready: ["requestPayment", "pay", "claimFor", "markReady"],
  cancelled: ["requestPayment", "cancel"],
  refunded: ["requestPayment", "pay", "refund"],
};
/** Every status. */
export const statuses = Object.keys(lives) as Status[];

/** What an order still has to see done. */
export const entriesOf = (order: Order) => order.snapshot.outbox.map(({ type }) => type);
