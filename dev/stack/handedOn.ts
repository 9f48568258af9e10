import { z } from "zod";
import { originList, readConfig } from "#common/config";
import { kitchenEnv } from "../../services/kitchen/config.ts";
import { limitsEnv, shopEnv } from "../../services/order/config.ts";
import { paymentEnv } from "../../services/payment/config.ts";
import { stockEnv } from "../../services/stock/config.ts";

const kitchens = kitchenEnv.pick({ KITCHEN_MODE: true, COOKS: true, COOK_SECONDS: true, LOG_LEVEL: true }).shape;
const stocks = stockEnv.pick({ MENU_FILE: true, MYSQL_POOL_SIZE: true }).shape;
const stripes = paymentEnv.pick({ STRIPE_SECRET_KEY: true, STRIPE_WEBHOOK_SECRET: true }).partial().shape;
const shared = paymentEnv.pick({ TRACE_SAMPLE_RATIO: true }).shape;

/** What the services read of the shop, of its guests and cooks: wrong ones are found out before anything starts. */
const checked = { ...limitsEnv, ...shopEnv, IMAGE_ORIGINS: originList, ...kitchens, ...stocks };

/** Those settings of whoever starts the stack that every service gets; an empty one counts as none. */
export function handedOn(env: NodeJS.ProcessEnv): Record<string, string> {
  const set = Object.keys(checked).flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return Object.fromEntries(set);
}

/** @throws ConfigError that names each setting that a service would refuse. */
export function demandReadable(env: NodeJS.ProcessEnv): void {
  readConfig(z.object({ ...checked, ...stripes, ...shared }), env);
}

/** The names of what whoever starts the stack may set, to which its ports come. */
export const stackSettings = Object.keys({ ...checked, ...stripes, ...shared });
