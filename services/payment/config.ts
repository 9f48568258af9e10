import { z } from "zod";
import { baseUrl, origin, publicServiceEnv, secretList } from "#common/config";

/** The payment service's settings. */
export const paymentEnv = publicServiceEnv.extend({
  STRIPE_SECRET_KEY: z.string().min(8),
  STRIPE_WEBHOOK_SECRET: secretList(16),
  STRIPE_API_URL: baseUrl.optional(),
  PUBLIC_URL: origin,
  INVOICES: z.stringbool().default(false),
  ORDER_URL: baseUrl.optional(),
});
