import { moneyOf } from "#common/connect/money";
import { type EventContext, type Subscription, subscription } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import type { OrderApp } from "../app/app.ts";

/** The provider's words are short; whatever else comes is not kept. In characters. */
const longestMeans = 40;

/** What the order service consumes. */
export function orderSubscriptions(app: OrderApp, context: EventContext): Subscription[] {
  return [
    subscription(
      "order.paid",
      OrderPaidSchema,
      async ({ orderId, amount, means }) => {
        const paid = moneyOf(amount, "What order.paid says");
        const { repeated } = await app.payOrder({ orderId, amount: paid, means: means.slice(0, longestMeans) });
        return repeated ? "repeated" : "done";
      },
      context,
    ),
  ];
}
