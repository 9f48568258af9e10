import { z } from "zod";
import { originList, readConfig, tracesTo, tracingEnv } from "#common/config";
import { createLogger } from "#common/logging";
import { startTracing } from "#common/startTracing";
import { endWith, readWords } from "../ops/command/words.ts";
import { startEmbedded } from "../services/embedded.ts";
import { kitchenEnv } from "../services/kitchen/config.ts";
import { limitsEnv, limitsOf, orderHold, orderTtl, shopCard, shopEnv } from "../services/order/config.ts";
import { misspeltNotice } from "./misspelt.ts";
import { demandVisited } from "./stack/ports.ts";

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
  KITCHEN_MODE: kitchenEnv.shape.KITCHEN_MODE,
  COOKS: kitchenEnv.shape.COOKS,
  COOK_SECONDS: kitchenEnv.shape.COOK_SECONDS,
  ORDER_TTL: orderTtl,
  ORDER_HOLD: orderHold,
  IMAGE_ORIGINS: originList,
  ...shopEnv,
  MENU_FILE: z.string().optional(),
  ...limitsEnv,
  ...tracingEnv,
});

const help = `npm start   everything in one process, on memory, until Ctrl-C

  PORT                        where it listens (default 8080), as in PORT=8088 npm start
  KITCHEN_MODE                auto: simulated cooks; board: you cook, on the staff's page
  COOKS, COOK_SECONDS         how many orders are cooked at once (4), and how long each takes (5)
  ORDER_TTL, ORDER_HOLD       how long an order can be paid (30m), and is held until its guest goes to pay (10m)
  LOG_LEVEL                   error, warn, info or debug
  MENU_FILE                   another menu than services/stock/menu.json
  SHOP_NAME, SHOP_ADDRESS, SHOP_PHONE, SHOP_HOURS   who the shop is; hours as in "Tu-Su 12:00-22:00"
  ORDERS_PER_MINUTE, MAX_…    the limits, by the names of .env.example`;

/** `npm start`: everything in one process. */
async function main(): Promise<void> {
  readWords(help);
  const env = readConfig(settings, process.env);
  demandVisited("PORT", env.PORT);
  const stopTracing = startTracing({ service: "gorder", ...tracesTo(env), sampleRatio: 1 });
  const gorder = await startEmbedded({
    port: env.PORT,
    kitchenMode: env.KITCHEN_MODE,
    cooks: env.COOKS,
    cookSeconds: env.COOK_SECONDS,
    orderTtlMs: env.ORDER_TTL,
    orderHoldMs: env.ORDER_HOLD,
    shop: shopCard(env),
    imageOrigins: env.IMAGE_ORIGINS,
    limits: limitsOf(env),
    menuFile: env.MENU_FILE,
    logger: (service) => createLogger(service, { json: false, level: env.LOG_LEVEL }),
  }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(whyNotHere(error, env.PORT), { cause: error });
  });
  process.stdout.write(`
  Gorder is open: ${gorder.url}

    the page       ${gorder.url}          order something, pay with the stand-in, watch it become ready
    the staff      ${staffLinks(gorder.staff)}
                   each link works once and on this machine alone; a browser is one person at a time
    the API        ${gorder.url}/docs     also as ${gorder.url}/openapi.json
    an order       npm run demo -- ${gorder.url}   in another terminal: places one, pays it, follows it
    for real       npm run stack                   the same with Dapr, RabbitMQ, Redis, MongoDB, MySQL, Consul, Zipkin

  All of it is in this process and nothing is kept. Ctrl-C ends it.

`);
  const notice = misspeltNotice(process.env, Object.keys(settings.shape));
  if (notice) process.stderr.write(`${notice}\n\n`);
  const stop = async () => {
    await gorder.close();
    await stopTracing();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
}

/** A line for each role. */
function staffLinks(links: readonly { role: string; url: string }[]): string {
  return links.map(({ role, url }) => `${role.padEnd(8)} ${url}`).join(`\n${" ".repeat(19)}`);
}

/** What keeps it from listening, with the way round it. */
function whyNotHere({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === "EADDRINUSE") return `Port ${port} is in use: set another one, e.g. PORT=${port + 8} npm start`;
  if (code === "EACCES")
    return `Port ${port} is for the system's administrator: set another one, e.g. PORT=8088 npm start`;
  return message;
}

main().catch((error: unknown) => {
  endWith(error);
  process.exit();
});
