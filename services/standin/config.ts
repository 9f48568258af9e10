import { z } from "zod";
import { publicEnv, secretList } from "#common/config";
import { plainText } from "#common/plainText";

const address = z.url({ protocol: /^https?$/ });

/** The stand-in's settings. */
export const standinEnv = publicEnv.omit({ HEALTH_PORT: true }).extend({
  STANDIN_PUBLIC_URL: address,
  STRIPE_SECRET_KEY: z
    .string()
    .min(8)
    .refine((key) => !key.startsWith("sk_live_"), "a live key belongs to Stripe, not to its stand-in"),
  STRIPE_WEBHOOK_SECRET: secretList(16),
  WEBHOOK_URL: address,
  SHOP_NAME: plainText(60).min(1).default("Gorder"),
});
