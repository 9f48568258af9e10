import { z } from "zod";
import {
  baseUrl,
  duration,
  openIdScope,
  origin,
  providerUrl,
  publicServiceEnv,
  readBy,
  secretList,
} from "#common/config";
import { brokerOf } from "#common/deadLetters/brokerAddress";

/** The staff service's settings. Lifetimes are in milliseconds. */
export const staffEnv = publicServiceEnv.extend({
  STAFF_PUBLIC_URL: origin,
  STAFF_SESSION_SECRET: secretList(32),
  STAFF_SESSION_IDLE: duration.refine((ms) => ms >= 60_000, "at least 1m").default(2 * 3_600_000),
  STAFF_SESSION_MAX: duration.default(12 * 3_600_000),
  STAFF_OIDC_ISSUER: providerUrl,
  STAFF_OIDC_CLIENT_ID: z.string().min(1),
  STAFF_OIDC_CLIENT_SECRET: z.string().min(8).optional(),
  STAFF_OIDC_SCOPE: openIdScope,
  STAFF_ROLES_CLAIM: z.string().min(1).default("roles"),
  STAFF_WEB_DIR: z.string().min(1).default("dist/staff"),
  STAFF_TRACE_URL: z
    .string()
    .regex(/^https?:\/\/.*\{traceId\}/, 'an address with "{traceId}" in it')
    .optional(),
  RABBITMQ_URL: z
    .url({ protocol: /^amqps?$/, abort: true })
    .superRefine(readBy(brokerOf))
    .optional(),
  ORDER_URL: baseUrl.optional(),
  STOCK_URL: baseUrl.optional(),
  PAYMENT_URL: baseUrl.optional(),
});
