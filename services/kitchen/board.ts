import { subscription } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import type { Service } from "#common/service";
import type { KitchenOptions } from "./kitchen.ts";

/**
 * A kitchen in which people cook: they claim their tickets themselves, on the staff's page, so nothing is claimed here.
 * It hears the events all the same: nobody else empties their queue.
 */
export function buildBoardKitchen({ logger, metrics }: Pick<KitchenOptions, "logger" | "metrics">): Service {
  const heard = subscription("order.paid", OrderPaidSchema, async () => "done", { logger, metrics });
  return { name: "kitchen", subscriptions: [heard], checks: {}, metrics, close: async () => {} };
}
