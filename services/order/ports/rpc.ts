import type { ConnectRouter } from "@connectrpc/connect";
import { z } from "zod";
import { AppError } from "#common/errors";
import { OrderService, type UpdateOrderRequest } from "#common/genproto/order/v1/order_pb";
import { parsed } from "#common/http/validate";
import type { OrderApp } from "../app/app.ts";
import type { UpdateOrder } from "../app/command/updateOrder.ts";
import { decodeCursor, encodeCursor } from "./http/cursor.ts";
import { createOrderBody, idempotencyHeader } from "./http/schemas.ts";
import { orderMessage } from "./proto.ts";

const text = z.string().min(1).max(128);
const createRequest = z.object({
  customerId: text,
  idempotencyKey: idempotencyHeader.shape["idempotency-key"],
  items: createOrderBody.shape.items,
});
const closedReason = z.enum(["expired", "payment_failed"]);
const link = z.url({ protocol: /^https?$/ });

/** OrderService for the other services and for operators. */
export function orderRpc(app: OrderApp): (router: ConnectRouter) => void {
  return (router) =>
    router.service(OrderService, {
      async createOrder({ customerId, idempotencyKey, lines }) {
        const items = lines.map(({ productId, quantity }) => ({ productId, quantity }));
        const request = parsed(createRequest, { customerId, idempotencyKey, items });
        const order = await app.createOrder({ customerId, idempotencyKey, lines: request.items });
        return { order: orderMessage(order) };
      },
      async getOrder({ orderId }) {
        return { order: orderMessage(await app.getOrder({ orderId })) };
      },
      async listOrders({ customerId, pageSize, pageToken }) {
        const limit = Math.min(Math.max(pageSize || 20, 1), 100);
        const page = pageToken ? { limit, before: decodeCursor(pageToken) } : { limit };
        const { orders, next } = await app.listOrders({ customerId, page });
        return { orders: orders.map(orderMessage), nextPageToken: next ? encodeCursor(next) : "" };
      },
      async updateOrder(request) {
        return { order: orderMessage(await app.updateOrder({ orderId: request.orderId, change: changeOf(request) })) };
      },
      async cancelOrder({ orderId, customerId }) {
        return { order: orderMessage(await app.cancelOrder({ orderId, customerId })) };
      },
    });
}

function changeOf({ change }: UpdateOrderRequest): UpdateOrder["change"] {
  switch (change.case) {
    case "paymentRequested": {
      const { checkoutSessionId } = change.value;
      const paymentLink = parsed(link, change.value.paymentLink, () => "payment_link");
      return { kind: "payment_requested", paymentLink, checkoutSessionId };
    }
    case "markedReady":
      return { kind: "marked_ready" };
    case "checkoutClosed":
      return { kind: "checkout_closed", reason: parsed(closedReason, change.value.reason, () => "reason") };
    case undefined:
      throw new AppError("invalid", "UpdateOrder needs a change");
  }
}
