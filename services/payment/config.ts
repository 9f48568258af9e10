import { z } from "zod";
import { publicServiceEnv, secretList } from "#common/config";

/** The payment service's settings. */
export const paymentEnv = publicServiceEnv.extend({
  STRIPE_SECRET_KEY: z.string().min(8),
  STRIPE_WEBHOOK_SECRET: secretList(16),
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  INVOICES: z.stringbool().default(false),
  ORDER_URL: z.url({ protocol: /^https?$/ }).optional(),
});
