import { type Client, createClient, type Transport } from "@connectrpc/connect";
import { isUnknownCall } from "#common/connect/errors";
import { refusalOf } from "#common/connect/items";
import { AppError, isKind } from "#common/errors";
import { type FoundStatus, OrderService, OrderStatus } from "#common/genproto/order/v1/order_pb";
import type { Orders } from "../app/services.ts";

const needNothing: readonly (OrderStatus | undefined)[] = [OrderStatus.CANCELLED, OrderStatus.REFUNDED];

/** The order service over Connect. */
export function remoteOrders(transport: Transport): Orders {
  const client = createClient(OrderService, transport);
  return {
    async needItems(orderIds) {
      try {
        const { orders } = await client.getStatuses({ orderIds: [...orderIds] });
        const found = new Map(orders.map((one) => [one.orderId, one]));
        return await Promise.allSettled(orderIds.map(async (orderId) => needs(found.get(orderId))));
      } catch (error) {
        if (!isUnknownCall(error)) throw error;
        return Promise.allSettled(orderIds.map((orderId) => oneNeeds(client, orderId)));
      }
    },
  };
}

function needs(found: FoundStatus | undefined): boolean {
  if (!found) throw new AppError("unavailable", "The order service said nothing of this order");
  const refusal = refusalOf("order", found);
  if (refusal?.kind === "not_found") return false;
  if (refusal) throw refusal;
  return !needNothing.includes(found.status);
}

/** How the version before is asked. */
async function oneNeeds(client: Client<typeof OrderService>, orderId: string): Promise<boolean> {
  try {
    const { order } = await client.getOrder({ orderId });
    return !needNothing.includes(order?.status);
  } catch (error) {
    if (isKind(error, "not_found")) return false;
    throw error;
  }
}
