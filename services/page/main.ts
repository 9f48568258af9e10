import { resolve } from "node:path";
import { readConfig } from "#common/config";
import { listen } from "#common/http/listen";
import { createLogger } from "#common/logging";
import { endOnCrash, endOnSignal, settingsOrEnd } from "#common/process";
import { pageEnv } from "./config.ts";
import { pageApp, pageHealth } from "./page.ts";

const env = settingsOrEnd("page", () => readConfig(pageEnv, process.env));
const logger = createLogger("page", { json: env.NODE_ENV === "production", level: env.LOG_LEVEL });
endOnCrash(logger);
const { HEALTH_PORT: healthPort } = env;
const health = healthPort === undefined ? undefined : await listen(pageHealth(logger), env.HOST, healthPort);
const http = await listen(pageApp(resolve(env.WEB_DIR), logger, env.IMAGE_ORIGINS), env.HOST, env.PORT);
logger.info("listening", { port: http.port });
endOnSignal(logger, async () => {
  await http.close();
  await health?.close();
});
