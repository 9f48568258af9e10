import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { AppError, isKind } from "#common/errors";
import type { Order } from "#common/genproto/order/v1/order_pb";
import { type GetOrderFileResponse, GetOrderFileResponseSchema } from "#common/genproto/order/v1/staff_pb";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { AskActs } from "../../adapters/acts.ts";
import type { Services } from "../../adapters/services.ts";
import { known } from "../../app/known.ts";
import { actOf } from "../caller.ts";

type Rpc = Pick<
  ServiceImpl<typeof StaffService>,
  "searchOrders" | "getOrder" | "cancelOrder" | "refundOrder" | "announceOrder"
>;

/** Orders, and what staff does with them. @param traceUrl where a trace is shown; `{traceId}` stands for its id. */
export function orderRpc(services: Services, askActs: AskActs, traceUrl = ""): Rpc {
  const { order, payment } = services;

  /** The file after an act. The act is done, also when the file cannot be read any more. */
  async function fileAfter(changed: Order | undefined, orderId: string): Promise<{ file: GetOrderFileResponse }> {
    const read = order.getOrderFile({ orderId });
    const file = (await known("order", [], read)) ?? create(GetOrderFileResponseSchema, { order: changed });
    return { file };
  }

  return {
    async searchOrders({ search }) {
      const { orders, nextPageToken } = await order.searchOrders(search ?? {});
      return { orders: orders.map((one) => ({ order: one, number: numberOf(one.id) })), nextPageToken };
    },
    async getOrder({ orderId }) {
      // Acts on nothing are all acts, which are the owner's to read.
      if (orderId === "") throw new AppError("invalid", "order_id: say which order");
      const unavailable: string[] = [];
      const [file, paid, acts] = await Promise.all([
        known("order", unavailable, order.getOrderFile({ orderId })),
        known("payment", unavailable, orNothing(payment.getPaymentFile({ orderId }))),
        askActs({ target: orderId, pageSize: 200 }),
      ]);
      unavailable.push(...acts.unavailable.map((name) => `acts of ${name}`));
      const traceparent = file?.order?.traceparent;
      return { file, payment: paid, acts: acts.records, unavailable, traceUrl: urlOf(traceparent, traceUrl) };
    },
    async cancelOrder(request, context) {
      const { orderId } = request;
      const { order: changed } = await order.staffCancelOrder({
        act: actOf(request, context, { required: true }),
        orderId,
      });
      return fileAfter(changed, orderId);
    },
    async refundOrder(request, context) {
      const { orderId, amount } = request;
      const act = actOf(request, context, { required: true });
      const { order: changed } = await order.refundOrder({ act, orderId, amount });
      return fileAfter(changed, orderId);
    },
    async announceOrder(request, context) {
      await order.announceOrder({ act: actOf(request, context), orderId: request.orderId });
      return {};
    },
  };
}

/** An order that was never paid has no payment, and its file says so by having none. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isKind(error, "not_found")) return undefined;
    throw error;
  }
}

/** What the guest reads as the order's number: the end of its id. */
function numberOf(orderId: string): string {
  return orderId
    .replace(/[^0-9a-z]/gi, "")
    .slice(-6)
    .toUpperCase();
}

/** A `traceparent` is version, trace, span and flags, with dashes between them. */
function urlOf(traceparent = "", traceUrl: string): string {
  const [, traceId] = traceparent.split("-");
  return traceId ? traceUrl.replace("{traceId}", traceId) : "";
}
