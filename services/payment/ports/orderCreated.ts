import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { moneyOf } from "#common/connect/money";
import { AppError } from "#common/errors";
import { type EventContext, type Subscription, subscription } from "#common/events";
import { OrderCreatedSchema } from "#common/genproto/events/v1/events_pb";
import type { PaymentApp } from "../app/app.ts";

/** A new order gets its payment. */
export function onOrderCreated(app: PaymentApp, context: EventContext): Subscription {
  return subscription(
    "order.created",
    OrderCreatedSchema,
    async ({ meta, orderId, customerId, items, total, expiresAt, language }) => {
      if (!orderId || items.length === 0) throw new AppError("invalid", "The order has no id or no items");
      const outcome = await app.requestPayment({
        orderId,
        customerId,
        items: items.map(({ name, quantity, unitPrice, stripePriceId }) => ({
          name,
          quantity,
          unitPrice: moneyOf(unitPrice, "The price of an item"),
          stripePriceId,
        })),
        total: moneyOf(total, "The order's total"),
        traceparent: meta?.traceparent ?? "",
        placedAt: timestampDate(meta?.occurredAt ?? timestampFromMs(0)),
        expiresAt: expiresAt && timestampDate(expiresAt),
        language,
      });
      return outcome === "repeated" ? "repeated" : "done";
    },
    context,
  );
}
