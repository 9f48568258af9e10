import { z } from "zod";
import { serviceEnv } from "#common/config";

/** Secrets that are valid at the same time, separated by commas. */
export const secretList = z
  .string()
  .transform((list) => list.split(",").map((secret) => secret.trim()))
  .pipe(z.array(z.string().min(16, "each secret needs at least 16 characters")).min(1));

/** Payment's settings. */
export const paymentEnv = serviceEnv.extend({
  STRIPE_SECRET_KEY: z.string().min(8),
  STRIPE_WEBHOOK_SECRET: secretList,
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  ORDER_URL: z.url({ protocol: /^https?$/ }).optional(),
});
