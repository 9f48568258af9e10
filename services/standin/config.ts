import { z } from "zod";
import { baseUrl, publicEnv, secretList, webUrl } from "#common/config";
import { plainText } from "#common/plainText";

/** The stand-in's settings. */
export const standinEnv = publicEnv.omit({ HEALTH_PORT: true }).extend({
  STANDIN_PUBLIC_URL: baseUrl,
  STRIPE_SECRET_KEY: z
    .string()
    .min(8)
    .refine((key) => !key.startsWith("sk_live_"), "a live key belongs to Stripe, not to its stand-in"),
  STRIPE_WEBHOOK_SECRET: secretList(16),
  WEBHOOK_URL: webUrl,
  SHOP_NAME: plainText(60).min(1).default("Gorder"),
});
