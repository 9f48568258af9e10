import { AppError } from "#common/errors";
import { type EventContext, type Subscription, subscription } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import type { OrderApp } from "../app/app.ts";

/** The provider's words are short; whatever else comes is not kept. In characters. */
const longestMeans = 40;

/** What the order service consumes. */
export function orderSubscriptions(app: OrderApp, to: EventContext): Subscription[] {
  return [
    subscription(
      "order.paid",
      OrderPaidSchema,
      async ({ orderId, amount, means }) => {
        if (!amount) throw new AppError("invalid", "order.paid says no amount");
        const paid = { amount: Number(amount.amount), currency: amount.currency };
        const { repeated } = await app.payOrder({ orderId, amount: paid, means: means.slice(0, longestMeans) });
        return repeated ? "repeated" : "done";
      },
      to,
    ),
  ];
}
