import { z } from "zod";
import { originList, readConfig } from "#common/config";
import { limitsEnv, shopEnv } from "../../services/order/config.ts";

/** What the order service reads of the shop and of its guests: wrong ones are found out before anything starts. */
const checked = { ...limitsEnv, ...shopEnv, IMAGE_ORIGINS: originList };
const others = ["KITCHEN_MODE", "COOKS", "COOK_SECONDS", "LOG_LEVEL", "MENU_FILE", "MYSQL_POOL_SIZE"];

/** Those settings of whoever starts the stack that every service gets; an empty one counts as none. */
export function handedOn(env: NodeJS.ProcessEnv): Record<string, string> {
  const set = [...others, ...Object.keys(checked)].flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return Object.fromEntries(set);
}

/** @throws ConfigError that names each setting that a service would refuse. */
export function demandReadable(env: NodeJS.ProcessEnv): void {
  readConfig(z.object(checked), handedOn(env));
}
