import { createClient, type Transport } from "@connectrpc/connect";
import { OrderService, OrderStatus } from "#common/genproto/order/v1/order_pb";

/** What an order's status means to a cook. */
export type Course = "cook" | "too early" | "over";

/** The order service, as far as the kitchen speaks to it. */
export type Orders = {
  /** Whether the order is to be cooked. @throws AppError "not_found". */
  courseOf(orderId: string): Promise<Course>;
  /** A repeat changes nothing. @throws AppError "conflict" when the order can no longer become ready. */
  markReady(orderId: string): Promise<void>;
};

const courses: Record<OrderStatus, Course> = {
  [OrderStatus.UNSPECIFIED]: "too early",
  [OrderStatus.PENDING]: "too early",
  [OrderStatus.WAITING_FOR_PAYMENT]: "too early",
  [OrderStatus.PAID]: "cook",
  [OrderStatus.COOKING]: "over",
  [OrderStatus.READY]: "over",
  [OrderStatus.CANCELLED]: "over",
  [OrderStatus.REFUNDED]: "over",
};

/** The order service over Connect. */
export function remoteOrders(transport: Transport): Orders {
  const client = createClient(OrderService, transport);
  return {
    async courseOf(orderId) {
      const { order } = await client.getOrder({ orderId });
      return courses[order?.status ?? OrderStatus.UNSPECIFIED] ?? "too early";
    },
    async markReady(orderId) {
      await client.updateOrder({ orderId, change: { case: "markedReady", value: {} } });
    },
  };
}
