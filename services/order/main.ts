import { resolve } from "node:path";
import { MongoClient } from "mongodb";
import { readConfig } from "#common/config";
import { serve } from "#common/serve";
import { mongoOrders } from "./adapters/mongoOrders.ts";
import { paymentClient } from "./adapters/paymentClient.ts";
import { guestSessions, oidcSessions } from "./adapters/sessions.ts";
import { stockClient } from "./adapters/stockClient.ts";
import { buildOrder } from "./build.ts";
import { orderEnv } from "./config.ts";

await serve(
  "order",
  () => readConfig(orderEnv, process.env),
  async (env, { sidecar, remote, logger, metrics }) => {
    const mongo = new MongoClient(env.MONGODB_URL, {
      retryWrites: false,
      serverSelectionTimeoutMS: 2_000,
      connectTimeoutMS: 2_000,
      socketTimeoutMS: 10_000,
    });
    const db = mongo.db(env.MONGODB_DATABASE);
    const { OIDC_JWKS_URL: jwksUrl, OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = env;
    const { events, locks } = await sidecar();
    return buildOrder({
      orders: await mongoOrders(db, env.RECONCILE_SECONDS * 1_000),
      stock: stockClient(remote("stock", env.STOCK_URL), env.RESERVATION_TTL_SECONDS),
      payments: paymentClient(remote("payment", env.PAYMENT_URL)),
      events,
      locks,
      sessions:
        jwksUrl && issuer && audience
          ? oidcSessions({ jwksUrl, issuer, audience })
          : guestSessions(env.SESSION_SECRET ?? ""),
      ttlMs: env.ORDER_TTL,
      limits: {
        ordersPerMinute: env.ORDERS_PER_MINUTE,
        ordersPerMinutePerAddress: env.ORDERS_PER_MINUTE_PER_ADDRESS,
        sessionsPerMinutePerAddress: env.SESSIONS_PER_MINUTE_PER_ADDRESS,
      },
      maxOpenOrders: env.MAX_OPEN_ORDERS,
      trustedProxies: env.TRUSTED_PROXIES,
      webDir: resolve(env.WEB_DIR),
      logger,
      metrics,
      checks: { mongodb: () => db.command({ ping: 1 }) },
      close: () => mongo.close(),
    });
  },
);
