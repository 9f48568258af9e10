import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import Stripe from "stripe";
import { toCloudEvent } from "#common/events";
import { OrderCreatedSchema } from "#common/genproto/events/v1/events_pb";
import { marksOf } from "../marks.ts";
import { secret } from "./fakes.ts";

/** The trace of the orders in these tests. */
export const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** `order.created` of an order of 2 × 6.00 eur, as the sidecar delivers it. */
export function orderCreated(orderId = "order-1", occurredAt = new Date()) {
  const message = create(OrderCreatedSchema, {
    meta: { eventId: `created-${orderId}`, version: 1, occurredAt: timestampFromDate(occurredAt), traceparent },
    orderId,
    customerId: "customer-1",
    items: [{ productId: "soup", name: "Soup", quantity: 2, unitPrice: { amount: 600n, currency: "eur" } }],
    total: { amount: 1200n, currency: "eur" },
  });
  return toCloudEvent("order", "order.created", OrderCreatedSchema, message);
}

/** What Stripe sends when a session was paid; `session` and `event` change parts of it. */
export function sessionPaid(orderId = "order-1", session: object = {}, event: object = {}): string {
  const object = {
    id: `cs_${orderId}`,
    object: "checkout.session",
    payment_status: "paid",
    amount_total: 1200,
    currency: "eur",
    payment_intent: "pi_1",
    client_reference_id: orderId,
    metadata: marksOf(orderId),
    ...session,
  };
  const type = "checkout.session.completed";
  return JSON.stringify({ id: "evt_1", object: "event", type, created: 1_700_000_000, data: { object }, ...event });
}

/** The signature that Stripe would send with the body. */
export function signature(payload: string, options: { secret?: string; ageSeconds?: number } = {}): string {
  const timestamp = Math.floor(Date.now() / 1000) - (options.ageSeconds ?? 0);
  return Stripe.webhooks.generateTestHeaderString({ payload, secret: options.secret ?? secret, timestamp });
}
