import type { Handler } from "#common/decorator/observed";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Status } from "../../domain/status.ts";
import { getOrder } from "./getOrder.ts";

/** Which orders. */
export type GetStatuses = { orderIds: readonly string[] };

/** Where orders are, each with an answer of its own in their order; one that does not exist is "not_found". */
export function getStatuses(deps: {
  orders: OrderRepository;
}): Handler<GetStatuses, readonly PromiseSettledResult<Status>[]> {
  const get = getOrder(deps);
  return ({ orderIds }) => Promise.allSettled(orderIds.map(async (orderId) => (await get({ orderId })).status));
}
