import { readConfig } from "#common/config";
import { createLogger } from "#common/logging";
import { at } from "#common/namedServer";
import { endOnCrash, settingsOrEnd, startOrEnd } from "#common/process";
import { serverOf } from "./adapters/mysql/address.ts";
import { openPool } from "./adapters/mysql/database.ts";
import { migrate } from "./adapters/mysql/migrations.ts";
import { stockEnv } from "./config.ts";

const schemaEnv = stockEnv.pick({ NODE_ENV: true, LOG_LEVEL: true, NODE_EXTRA_CA_CERTS: true, MYSQL_URL: true });

/** Brings the database's schema up to date and ends: for a job that runs before a new version does. */
const env = settingsOrEnd("schema", () => readConfig(schemaEnv, process.env));
const logger = createLogger("schema", { json: env.NODE_ENV === "production", level: env.LOG_LEVEL });
endOnCrash(logger);
const pool = openPool(env.MYSQL_URL, 1);
await startOrEnd(logger, () => at(serverOf(env.MYSQL_URL), () => migrate(pool)));
await pool.end();
logger.info("the schema is up to date");
