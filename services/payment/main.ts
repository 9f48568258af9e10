import { readConfig } from "#common/config";
import { timeAt } from "#common/http/timeAt";
import { serve } from "#common/serve";
import { sharedClockOrOwn } from "#common/sharedClock";
import { remoteOrders } from "./adapters/remoteOrders.ts";
import { stripeCheckout } from "./adapters/stripeCheckout.ts";
import { stripeClient } from "./adapters/stripeClient.ts";
import { stripeDashboard } from "./adapters/stripeDashboard.ts";
import { buildPayment } from "./build.ts";
import { paymentEnv } from "./config.ts";

await serve(
  "payment",
  () => readConfig(paymentEnv, process.env),
  async (env, { sidecar, remote, logger, metrics }) => {
    const account = { secretKey: env.STRIPE_SECRET_KEY, apiUrl: env.STRIPE_API_URL };
    const theirs = timeAt(account.apiUrl ?? "https://api.stripe.com", "The payment provider");
    const clock = sharedClockOrOwn({ theirs, metrics, logger, everyMs: 60_000 });
    return buildPayment({
      ...(await sidecar()),
      orders: remoteOrders(remote("order", env.ORDER_URL)),
      checkout: stripeCheckout({
        stripe: stripeClient(account),
        publicUrl: env.PUBLIC_URL,
        invoices: env.INVOICES,
        pricesFromStripe: env.STRIPE_API_URL === undefined,
        logger,
      }),
      webhookSecrets: env.STRIPE_WEBHOOK_SECRET,
      dashboard: stripeDashboard(account),
      now: clock.now,
      close: clock.stop,
      logger,
      metrics,
    });
  },
);
