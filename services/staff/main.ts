import { resolve } from "node:path";
import { readConfig } from "#common/config";
import { timeAt } from "#common/http/timeAt";
import { serve } from "#common/serve";
import { sharedClockOrOwn } from "#common/sharedClock";
import { staffProvider } from "./adapters/openIdProvider.ts";
import { buildStaff } from "./build.ts";
import { staffEnv } from "./config.ts";

await serve(
  "staff",
  () => readConfig(staffEnv, process.env),
  async (env, { sidecar, remote, logger, metrics }) => {
    const theirs = timeAt(env.STAFF_OIDC_ISSUER, "The identity provider");
    const clock = sharedClockOrOwn({ theirs, metrics, logger, everyMs: 60_000 });
    return buildStaff({
      transports: {
        order: remote("order", env.ORDER_URL),
        stock: remote("stock", env.STOCK_URL),
        payment: remote("payment", env.PAYMENT_URL),
      },
      provider: staffProvider({
        issuer: env.STAFF_OIDC_ISSUER,
        clientId: env.STAFF_OIDC_CLIENT_ID,
        clientSecret: env.STAFF_OIDC_CLIENT_SECRET,
        scope: env.STAFF_OIDC_SCOPE,
        rolesClaim: env.STAFF_ROLES_CLAIM,
        publicUrl: env.STAFF_PUBLIC_URL,
        logger,
      }),
      keep: (await sidecar()).keep,
      secrets: env.STAFF_SESSION_SECRET,
      lifetimes: { idleMs: env.STAFF_SESSION_IDLE, maxMs: env.STAFF_SESSION_MAX },
      publicUrl: env.STAFF_PUBLIC_URL,
      webDir: resolve(env.STAFF_WEB_DIR),
      ...(env.RABBITMQ_URL && { deadLetters: await deadLettersAt(env.RABBITMQ_URL) }),
      traceUrl: env.STAFF_TRACE_URL,
      now: clock.now,
      close: clock.stop,
      logger,
      metrics,
    });
  },
);

/** What speaks to the broker is loaded only where it may. */
async function deadLettersAt(url: string) {
  const { brokersDeadLetters } = await import("./adapters/brokersDeadLetters.ts");
  return brokersDeadLetters(url);
}
