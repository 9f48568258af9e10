import { kitchenEnv } from "../services/kitchen/config.ts";
import { orderEnv } from "../services/order/config.ts";
import { pageEnv } from "../services/page/config.ts";
import { paymentEnv } from "../services/payment/config.ts";
import { staffEnv } from "../services/staff/config.ts";
import { standinEnv } from "../services/standin/config.ts";
import { stockEnv } from "../services/stock/config.ts";
import type { ServiceName } from "./services.ts";

/** What each service reads of its environment; one that the list of services has and this has not does not compile. */
export const settings = {
  order: orderEnv,
  stock: stockEnv,
  payment: paymentEnv,
  kitchen: kitchenEnv,
  staff: staffEnv,
  page: pageEnv,
  standin: standinEnv,
} satisfies Record<ServiceName, unknown>;
