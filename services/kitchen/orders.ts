import { randomUUID } from "node:crypto";
import { createClient, type Transport } from "@connectrpc/connect";
import { batched } from "#common/batch";
import { refusalOf } from "#common/connect/items";
import { OrderService } from "#common/genproto/order/v1/order_pb";

/** An order that this kitchen, and no other, cooks until its lease ends. */
export type Ticket = {
  readonly orderId: string;
  /** The trace that the order was placed in. */
  readonly traceparent: string;
};

/** The order service, as far as one kitchen speaks to it. Every method may throw an AppError "unavailable". */
export type Orders = {
  /** At most `count` orders that were paid first and nobody cooks. After an error some may be claimed all the same. */
  claim(count: number, leaseSeconds: number): Promise<readonly Ticket[]>;
  /** Returns whatever is claimed but the orders to keep. @returns how many were returned. */
  returnTickets(keep: readonly string[]): Promise<number>;
  /** A repeat changes nothing. @throws AppError "conflict" or "not_found" when the order is not this kitchen's to end. */
  markReady(orderId: string): Promise<void>;
};

const largestBatch = 100;

/** The order service over Connect. Meals that are ready together are told in one call, each with an answer of its own. */
export function remoteOrders(transport: Transport, kitchenId: string = randomUUID()): Orders {
  const client = createClient(OrderService, transport);
  const tell = batched(async (orderIds: readonly string[]) => {
    const { results } = await client.markReady({ kitchenId, orderIds: [...orderIds] });
    return results.map((result) => refusalOf(OrderService.typeName, result));
  }, largestBatch);
  return {
    async claim(count, leaseSeconds) {
      const { tickets } = await client.claimTickets({ kitchenId, count, leaseSeconds });
      return tickets.map(({ orderId, traceparent }) => ({ orderId, traceparent }));
    },
    async returnTickets(keep) {
      return (await client.returnTickets({ kitchenId, keepOrderIds: [...keep] })).returned;
    },
    async markReady(orderId) {
      const refusal = await tell(orderId);
      if (refusal) throw refusal;
    },
  };
}
