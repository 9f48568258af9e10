import type { ConnectRouter } from "@connectrpc/connect";
import { z } from "zod";
import { answerItems, type ItemAnswer } from "#common/connect/items";
import { moneyOf } from "#common/connect/money";
import { AppError } from "#common/errors";
import {
  OrderService,
  type PaymentOffer,
  type RecordedRefund,
  type UpdateOrderRequest,
} from "#common/genproto/order/v1/order_pb";
import { parse } from "#common/http/validate";
import type { Logger } from "#common/logging";
import type { OrderApp } from "../app/app.ts";
import type { OfferPayment } from "../app/command/offerPayment.ts";
import type { OrderSnapshot } from "../domain/order.ts";
import type { RefundNews } from "../domain/refunds.ts";
import { unpaidReasons } from "../domain/status.ts";
import { decodeCursor, encodeCursor } from "./http/cursor.ts";
import { createOrderBody, idempotencyHeader } from "./http/schemas.ts";
import { orderMessage, statusMessages, ticketMessage } from "./proto.ts";
import { refundStatusOf } from "./staffProto.ts";

const text = z.string().min(1).max(128);
const createRequest = z.object({
  customerId: text,
  idempotencyKey: idempotencyHeader.shape["idempotency-key"],
  items: createOrderBody.shape.items,
  guestName: createOrderBody.shape.guestName,
});
const closedReason = z.enum(unpaidReasons);
const link = z.url({ protocol: /^https?$/ });
const kitchenId = z.string().min(1).max(64);
const claim = z.object({
  kitchenId,
  count: z.int().min(1).max(1_000),
  leaseSeconds: z.int().min(1).max(86_400),
});
const kept = z.object({ kitchenId, keepOrderIds: z.array(text).max(1_000) });

const refundNews = z.object({
  id: text,
  status: z.enum(["refunding", "succeeded", "failed"]),
});

/** How many items a batch may have. */
const mostItems = 500;

/** OrderService for the other services and for operators. */
export function orderRpc(app: OrderApp, logger: Logger): (router: ConnectRouter) => void {
  return (router) =>
    router.service(OrderService, {
      async createOrder({ customerId, idempotencyKey, lines, guestName }) {
        const items = lines.map(({ productId, quantity, note }) => ({ productId, quantity, ...(note && { note }) }));
        const request = parse(createRequest, { customerId, idempotencyKey, items, guestName });
        const wish = { lines: request.items, guestName: request.guestName ?? "" };
        const order = await app.createOrder({ customerId, idempotencyKey, ...wish });
        return { order: orderMessage(order) };
      },
      async getOrder({ orderId }) {
        return { order: orderMessage(await app.getOrder({ orderId })) };
      },
      async getStatuses({ orderIds }) {
        const found = await app.getStatuses({ orderIds: demandFew(orderIds) });
        const answers = await answerItems(orderIds, async (_, index) => demandFulfilled(found[index]), logger);
        const orders = answers.map(({ id: orderId, refusal }, index) => {
          const one = found[index];
          if (one?.status === "fulfilled") return { orderId, status: statusMessages[one.value] };
          return { orderId, ...(refusal && { refusal }) };
        });
        return { orders };
      },
      async listOrders({ customerId, pageSize, pageToken }) {
        const limit = Math.min(Math.max(pageSize || 20, 1), 100);
        const page = pageToken ? { limit, before: decodeCursor(pageToken) } : { limit };
        const { orders, next } = await app.listOrders({ customerId, page });
        return { orders: orders.map(orderMessage), nextPageToken: next ? encodeCursor(next) : "" };
      },
      async offerPayments({ offers }) {
        const offer = (_id: string, index: number) => app.offerPayment(offerOf(offers[index]));
        return {
          results: await answerEach(
            offers.map(({ orderId }) => orderId),
            offer,
          ),
        };
      },
      async closeUnpaid({ orderId, reason }) {
        await app.closeUnpaid({ orderId, reason: parse(closedReason, reason, () => "reason") });
        return {};
      },
      async claimTickets(request) {
        return { tickets: (await app.claimTickets(parse(claim, request))).map(ticketMessage) };
      },
      async returnTickets(request) {
        const { kitchenId, keepOrderIds } = parse(kept, request);
        return { returned: await app.returnTickets({ kitchenId, keep: keepOrderIds }) };
      },
      async markReady(request) {
        const kitchen = parse(kitchenId, request.kitchenId, () => "kitchen_id");
        const ready = (orderId: string) => app.markReady({ orderId, kitchenId: kitchen });
        return { results: await answerEach(request.orderIds, ready) };
      },
      async recordRefunds({ orderId, refunds }) {
        await app.recordRefunds({ orderId, refunds: refunds.map(newsOf) });
        return {};
      },
      async updateOrder(request) {
        return { order: orderMessage(await update(request)) };
      },
      async cancelOrder({ orderId, customerId }) {
        return { order: orderMessage(await app.cancelOrder({ orderId, customerId })) };
      },
    });

  function answerEach(
    ids: readonly string[],
    work: (id: string, index: number) => Promise<unknown>,
  ): Promise<ItemAnswer[]> {
    return answerItems(demandFew(ids), work, logger);
  }

  /** What replicas of the version before still send. */
  function update({ orderId, change }: UpdateOrderRequest): Promise<OrderSnapshot> {
    if (change.case === "paymentRequested") return app.offerPayment(offerOf({ orderId, ...change.value }));
    if (change.case === "checkoutClosed") {
      return app.closeUnpaid({ orderId, reason: parse(closedReason, change.value.reason, () => "reason") });
    }
    throw new AppError("invalid", "UpdateOrder takes a payment link or a closed checkout");
  }
}

function demandFew(ids: readonly string[]): readonly string[] {
  if (ids.length > mostItems) throw new AppError("invalid", `At most ${mostItems} at once, here are ${ids.length}`);
  return ids;
}

/** @throws what the item was refused with. */
function demandFulfilled<T>(outcome: PromiseSettledResult<T> | undefined): T | undefined {
  if (outcome?.status === "rejected") throw outcome.reason;
  return outcome?.value;
}

function newsOf({ refundId: id, amount, status }: RecordedRefund): RefundNews {
  const said = parse(refundNews, { id, status: refundStatusOf(status) }, (field) => `refunds.${field}`);
  return { ...said, amount: moneyOf(amount, `The amount of refund ${id}`) };
}

function offerOf(offer: Omit<PaymentOffer, "$typeName"> | undefined): OfferPayment {
  const { orderId = "", paymentLink = "", checkoutSessionId = "" } = offer ?? {};
  return { orderId, paymentLink: parse(link, paymentLink, () => "payment_link"), checkoutSessionId };
}
