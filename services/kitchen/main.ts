import { readConfig } from "#common/config";
import { serve } from "#common/serve";
import { kitchenEnv } from "./config.ts";
import { buildKitchen } from "./kitchen.ts";
import { remoteOrders } from "./orders.ts";

await serve(
  "kitchen",
  () => readConfig(kitchenEnv, process.env),
  async (env, { remote, logger, metrics }) =>
    buildKitchen({
      orders: remoteOrders(remote("order", env.ORDER_URL)),
      mode: env.KITCHEN_MODE,
      cooks: env.COOKS,
      cookSeconds: env.COOK_SECONDS,
      logger,
      metrics,
    }),
);
