import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { v5 as uuidOf } from "uuid";
import { moneyMessage } from "#common/connect/money";
import type { EventBus } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import { eventVersion, toCloudEvent } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import { contextFrom, inSpan, linkToCurrent } from "#common/tracing";
import type { PaidOrders } from "../app/services.ts";

/** The namespace of the ids of `order.paid`, made up once. */
const namespace = "0b1f9a52-6a53-4c57-9a1e-52f2a52e6b4d";

/** The id of the one `order.paid` of an order. */
export const paidEventId = (orderId: string): string => uuidOf(orderId, namespace);

/** Announces paid orders as `order.paid`, in the trace of the order, linked to what made it happen. */
export function paidOrderEvents(events: EventBus): PaidOrders {
  return {
    announce: (payment) =>
      inSpan("announce order.paid", { parent: contextFrom(payment.traceparent), links: linkToCurrent() }, async () => {
        const { orderId, paymentId, total, traceparent, means = "" } = payment;
        const occurredAt = timestampFromDate(new Date(payment.paidAt));
        const message = create(OrderPaidSchema, {
          meta: { eventId: paidEventId(orderId), version: eventVersion, occurredAt, traceparent },
          orderId,
          amount: moneyMessage(total),
          paymentId,
          means,
        });
        const event = toCloudEvent("payment", "order.paid", OrderPaidSchema, message);
        const unsent = await events.publish("order.paid", [event]);
        if (unsent.length > 0) throw new AppError("unavailable", "The payment could not be announced");
      }),
  };
}
