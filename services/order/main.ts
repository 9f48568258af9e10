import { resolve } from "node:path";
import type { z } from "zod";
import { readConfig } from "#common/config";
import type { Logger } from "#common/logging";
import { at } from "#common/namedServer";
import { serve } from "#common/serve";
import { sharedClock } from "#common/sharedClock";
import { customerProvider } from "./adapters/customerProvider.ts";
import { mongoServers } from "./adapters/mongoAddress.ts";
import { mongoClock } from "./adapters/mongoClock.ts";
import { connectMongo } from "./adapters/mongoConnection.ts";
import { mongoOrders } from "./adapters/mongoOrders.ts";
import { remotePayments } from "./adapters/remotePayments.ts";
import { remoteStock } from "./adapters/remoteStock.ts";
import { guestSessions, oidcSessions } from "./adapters/sessions.ts";
import { buildOrder, type OrderOptions } from "./build.ts";
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
      orders: await at(server, () => mongoOrders(db, env.RECONCILE_SECONDS * 1_000, mongo.inTime, logger)),
      stock: remoteStock(remote("stock", env.STOCK_URL), env.RESERVATION_TTL_SECONDS),
      payments: remotePayments(remote("payment", env.PAYMENT_URL)),
      events,
      locks,
      sessions:
        jwksUrl && issuer && audience
          ? oidcSessions({ jwksUrl, issuer, audience }, logger)
          : guestSessions(env.SESSION_SECRET ?? [""]),
      ...accountsOf(env, logger),
      ttlMs: env.ORDER_TTL,
      holdMs: env.ORDER_HOLD,
      ...limitsOf(env),
      publicUrl: env.PUBLIC_URL,
      trustedProxies: env.TRUSTED_PROXIES,
      webDir: resolve(env.WEB_DIR),
      imageOrigins: env.IMAGE_ORIGINS,
      shop: shopCard(env),
      logger,
      metrics,
      checks: { mongodb: () => at(server, () => mongo.inTime(db.command({ ping: 1 }))) },
      now: clock.now,
      async close() {
        await clock.stop();
        await mongo.close();
      },
    });
  },
);

/** Accounts of customers, where a provider knows them. */
function accountsOf(env: z.infer<typeof orderEnv>, logger: Logger): Pick<OrderOptions, "accounts"> {
  const { CUSTOMER_OIDC_ISSUER: issuer, CUSTOMER_OIDC_CLIENT_ID: clientId, PUBLIC_URL: publicUrl } = env;
  if (!issuer || !clientId || !publicUrl) return {};
  const client = { clientId, clientSecret: env.CUSTOMER_OIDC_CLIENT_SECRET, scope: env.CUSTOMER_OIDC_SCOPE };
  const provider = customerProvider({ issuer, ...client, publicUrl, logger });
  return { accounts: { provider, issuer, secrets: env.SESSION_SECRET ?? [], publicUrl } };
}
