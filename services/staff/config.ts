import { z } from "zod";
import { duration, issuerUrl, openIdScope, origin, publicServiceEnv } from "#common/config";

const url = z.url({ protocol: /^https?$/ });

/** The staff service's settings. Lifetimes are in milliseconds. */
export const staffEnv = publicServiceEnv.extend({
  STAFF_PUBLIC_URL: origin,
  // One secret, or two with a comma while one replaces the other.
  STAFF_SESSION_SECRET: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.string().min(32, "32 characters or more")).min(1).max(2)),
  STAFF_SESSION_IDLE: duration.refine((ms) => ms >= 60_000, "at least 1m").default(2 * 3_600_000),
  STAFF_SESSION_MAX: duration.default(12 * 3_600_000),
  STAFF_OIDC_ISSUER: issuerUrl,
  STAFF_OIDC_CLIENT_ID: z.string().min(1),
  STAFF_OIDC_CLIENT_SECRET: z.string().min(8).optional(),
  STAFF_OIDC_SCOPE: openIdScope,
  STAFF_ROLES_CLAIM: z.string().min(1).default("roles"),
  STAFF_WEB_DIR: z.string().min(1).default("dist/staff"),
  STAFF_TRACE_URL: z.string().includes("{traceId}").optional(),
  RABBITMQ_URL: z.url({ protocol: /^amqps?$/ }).optional(),
  ORDER_URL: url.optional(),
  STOCK_URL: url.optional(),
  PAYMENT_URL: url.optional(),
});
