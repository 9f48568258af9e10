import { create } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import { toCloudEvent } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import { paymentLink } from "./app.ts";
import { appToken, orderHttp } from "./http.ts";

/** The event that an order was paid. */
export function orderPaid(orderId: string, amount = 250n) {
  const message = create(OrderPaidSchema, {
    meta: { eventId: `paid-${orderId}`, version: 1, occurredAt: timestampNow(), traceparent: "" },
    orderId,
    amount: { amount, currency: "eur" },
    means: "card",
  });
  return toCloudEvent("payment", "order.paid", OrderPaidSchema, message);
}

/** The service with one order that waits for its payment. */
export async function waiting() {
  const parts = await orderHttp();
  const guest = await parts.guest();
  const { id: orderId } = await guest.placed();
  await parts.service.app.offerPayment({ orderId, paymentLink, checkoutSessionId: "cs_1" });
  const status = async () => (await parts.orders.get(orderId))?.snapshot.status;
  const internal = (path: string, json: unknown, headers: Record<string, string> = { "dapr-api-token": appToken }) =>
    parts.call("POST", path, { json, headers });
  const deliver = (json: unknown, headers?: Record<string, string>) => internal("/events/order.paid", json, headers);
  return { ...parts, ...guest, orderId, status, internal, deliver };
}
