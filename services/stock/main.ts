import { readConfig } from "#common/config";
import { at } from "#common/namedServer";
import { serve } from "#common/serve";
import { sharedClock } from "#common/sharedClock";
import { serverOf } from "./adapters/mysql/address.ts";
import { openPool, ping, serverTime } from "./adapters/mysql/database.ts";
import { migrate } from "./adapters/mysql/migrations.ts";
import { mysqlStock } from "./adapters/mysql/stock.ts";
import { remoteOrders } from "./adapters/remoteOrders.ts";
import { sharedPrices } from "./adapters/stripe/sharedPrices.ts";
import { stripePriceList } from "./adapters/stripe/stripePriceList.ts";
import { stripePrices } from "./adapters/stripe/stripePrices.ts";
import { buildStock } from "./build.ts";
import { stockEnv } from "./config.ts";
import { ownPrices } from "./domain/priceList.ts";
import { importMenu } from "./menu.ts";

await serve(
  "stock",
  () => readConfig(stockEnv, process.env),
  async (env, { logger, metrics, sidecar, remote }) => {
    const pool = openPool(env.MYSQL_URL, env.MYSQL_POOL_SIZE);
    const mysql = serverOf(env.MYSQL_URL);
    await at(mysql, () => migrate(pool));
    const stock = mysqlStock(pool, logger);
    if (env.MENU_FILE) await importMenu(stock, env.MENU_FILE, logger);
    const clock = await sharedClock({ theirs: () => serverTime(pool), metrics, logger });
    const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_URL: apiUrl } = env;
    const prices = secretKey
      ? stripePriceList(
          stock.products,
          sharedPrices(stripePrices({ secretKey, apiUrl }), (await sidecar()).state, logger, clock.now),
          logger,
          clock.now,
        )
      : ownPrices;
    // So that no customer is the first to wait for a price.
    await prices.pricesOf((await stock.products()).map(({ id }) => id));
    return buildStock({
      stock,
      prices,
      orders: remoteOrders(remote("order", env.ORDER_URL)),
      sweep: { everyMs: env.RESERVATION_SWEEP_SECONDS * 1_000, graceMs: env.RESERVATION_GRACE_SECONDS * 1_000 },
      logger,
      metrics,
      checks: { mysql: () => at(mysql, () => ping(pool)) },
      now: clock.now,
      async close() {
        await clock.stop();
        await pool.end();
      },
    });
  },
);
