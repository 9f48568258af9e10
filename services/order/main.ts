import { resolve } from "node:path";
import { readConfig } from "#common/config";
import { at } from "#common/namedServer";
import { serve } from "#common/serve";
import { sharedClock } from "#common/sharedClock";
import { mongoServers } from "./adapters/mongoAddress.ts";
import { mongoClock } from "./adapters/mongoClock.ts";
import { connectMongo } from "./adapters/mongoConnection.ts";
import { mongoOrders } from "./adapters/mongoOrders.ts";
import { paymentClient } from "./adapters/paymentClient.ts";
import { guestSessions, oidcSessions } from "./adapters/sessions.ts";
import { stockClient } from "./adapters/stockClient.ts";
import { buildOrder } from "./build.ts";
import { limitsOf, orderEnv, shopCard } from "./config.ts";

await serve(
  "order",
  () => readConfig(orderEnv, process.env),
  async (env, { sidecar, remote, logger, metrics }) => {
    const mongo = connectMongo(env.MONGODB_URL, logger);
    const server = mongoServers(env.MONGODB_URL);
    const db = mongo.client.db(env.MONGODB_DATABASE);
    const { OIDC_JWKS_URL: jwksUrl, OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = env;
    const { events, locks } = await sidecar();
    const clock = await at(server, () => sharedClock({ theirs: mongoClock(db, mongo.inTime), metrics, logger }));
    return buildOrder({
      orders: await at(server, () => mongoOrders(db, env.RECONCILE_SECONDS * 1_000, mongo.inTime)),
      stock: stockClient(remote("stock", env.STOCK_URL), env.RESERVATION_TTL_SECONDS),
      payments: paymentClient(remote("payment", env.PAYMENT_URL)),
      events,
      locks,
      sessions:
        jwksUrl && issuer && audience
          ? oidcSessions({ jwksUrl, issuer, audience }, logger)
          : guestSessions(env.SESSION_SECRET ?? [""]),
      ttlMs: env.ORDER_TTL,
      ...limitsOf(env),
      trustedProxies: env.TRUSTED_PROXIES,
      webDir: resolve(env.WEB_DIR),
      imageOrigins: env.IMAGE_ORIGINS,
      shop: shopCard(env),
      logger,
      metrics,
      checks: { mongodb: () => at(server, () => mongo.inTime(db.command({ ping: 1 }))) },
      now: () => new Date(clock.now()),
      async close() {
        await clock.stop();
        await mongo.close();
      },
    });
  },
);
