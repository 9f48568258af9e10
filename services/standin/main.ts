import { readConfig } from "#common/config";
import { listen } from "#common/http/listen";
import { createLogger } from "#common/logging";
import { settingsOrEnd } from "#common/process";
import { standinEnv } from "./config.ts";
import { buildStandin } from "./standin.ts";

const env = settingsOrEnd("standin", () => readConfig(standinEnv, process.env));
const logger = createLogger("standin", { json: env.NODE_ENV === "production", level: env.LOG_LEVEL });
const standin = buildStandin({
  publicUrl: () => env.STANDIN_PUBLIC_URL,
  webhookUrl: () => env.WEBHOOK_URL,
  secretKey: env.STRIPE_SECRET_KEY,
  webhookSecret: env.STRIPE_WEBHOOK_SECRET[0] ?? "",
  shopName: env.SHOP_NAME,
  logger,
});
const http = await listen(standin.app, env.HOST, env.PORT);
logger.info("listening", { port: http.port });

async function stop(): Promise<void> {
  standin.close();
  await http.close();
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
