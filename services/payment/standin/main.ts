import { ConfigError, readConfig } from "#common/config";
import { listen } from "#common/http/listen";
import { createLogger } from "#common/logging";
import { standinEnv } from "./config.ts";
import { buildStandin } from "./standin.ts";

const env = settings();
const logger = createLogger("standin", { json: env.NODE_ENV === "production", level: env.LOG_LEVEL });
const standin = buildStandin({
  publicUrl: () => env.STANDIN_PUBLIC_URL,
  webhookUrl: () => env.WEBHOOK_URL,
  secretKey: env.STRIPE_SECRET_KEY,
  webhookSecret: env.STRIPE_WEBHOOK_SECRET[0] ?? "",
  logger,
});
const http = await listen(standin.app, env.HOST, env.PORT);
logger.info("listening", { port: http.port });

function settings() {
  try {
    return readConfig(standinEnv, process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`standin does not start. ${error.message}\n`);
    process.exit(78);
  }
}

async function stop(): Promise<void> {
  standin.close();
  await http.close();
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
