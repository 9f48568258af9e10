import { z } from "zod";
import {
  baseUrl,
  duration,
  grpcPort,
  openIdScope,
  origin,
  originList,
  providerUrl,
  publicServiceEnv,
  readBy,
  secretList,
} from "#common/config";
import { plainText } from "#common/plainText";
import { mongoServers } from "./adapters/mongoAddress.ts";
import { type OpeningHours, openingHours } from "./openingHours.ts";

const oidc = ["OIDC_JWKS_URL", "OIDC_ISSUER", "OIDC_AUDIENCE"] as const;

const limit = z.coerce.number().int().min(1);

/** A limit that 0 switches off. */
const limitOrNone = (usual: number) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .default(usual)
    .transform((most) => (most === 0 ? undefined : most));

/** How long an order can be paid, in milliseconds; Stripe keeps a session open for a day. */
export const orderTtl = duration.refine((ms) => ms <= 22 * 3_600_000, "at most 22h").default(1_800_000);

/** How long an order is held whose guest does not go to pay, in milliseconds. */
export const orderHold = duration.default(600_000);

/** Who and where the shop is, and when it is open. */
export const shopEnv = {
  SHOP_NAME: plainText(60).min(1).default("Gorder"),
  SHOP_ADDRESS: plainText(200).default(""),
  SHOP_PHONE: plainText(40).default(""),
  SHOP_HOURS: openingHours.default([]),
};

/** The shop as guests read of it; what is empty is not said. */
export type ShopCard = { name: string; address: string; phone: string; hours: readonly OpeningHours[] };

/** The card that the settings make. */
export function shopCard(env: z.infer<z.ZodObject<typeof shopEnv>>): ShopCard {
  return { name: env.SHOP_NAME, address: env.SHOP_ADDRESS, phone: env.SHOP_PHONE, hours: env.SHOP_HOURS };
}

/** What one process takes of guests and addresses; see .env.example. */
export const limitsEnv = {
  ORDERS_PER_MINUTE: limit.default(60),
  ORDERS_PER_MINUTE_PER_ADDRESS: limit.default(600),
  SESSIONS_PER_MINUTE_PER_ADDRESS: limit.default(120),
  READS_PER_MINUTE: limit.default(600),
  READS_PER_MINUTE_PER_ADDRESS: limit.default(6_000),
  STREAMS_PER_CUSTOMER: limit.default(10),
  STREAMS_PER_ADDRESS: limit.default(200),
  STREAMS: limit.default(2_000),
  MAX_OPEN_ORDERS: limit.default(20),
  MAX_UNPAID_UNITS: limitOrNone(100),
  MAX_UNPAID_UNITS_PER_ADDRESS: limitOrNone(300),
  MAX_UNPAID_VALUE: limitOrNone(0),
  MAX_UNPAID_VALUE_PER_ADDRESS: limitOrNone(0),
};

/** The limits as the order service is built with them. */
export function limitsOf(env: z.infer<z.ZodObject<typeof limitsEnv>>) {
  return {
    limits: {
      ordersPerMinute: env.ORDERS_PER_MINUTE,
      ordersPerMinutePerAddress: env.ORDERS_PER_MINUTE_PER_ADDRESS,
      sessionsPerMinutePerAddress: env.SESSIONS_PER_MINUTE_PER_ADDRESS,
      readsPerMinute: env.READS_PER_MINUTE,
      readsPerMinutePerAddress: env.READS_PER_MINUTE_PER_ADDRESS,
    },
    streamLimits: {
      streamsOfCustomer: env.STREAMS_PER_CUSTOMER,
      streamsOfAddress: env.STREAMS_PER_ADDRESS,
      streams: env.STREAMS,
    },
    unpaidLimits: {
      unitsOfCustomer: env.MAX_UNPAID_UNITS,
      unitsOfAddress: env.MAX_UNPAID_UNITS_PER_ADDRESS,
      valueOfCustomer: env.MAX_UNPAID_VALUE,
      valueOfAddress: env.MAX_UNPAID_VALUE_PER_ADDRESS,
    },
    maxOpenOrders: env.MAX_OPEN_ORDERS,
  };
}

/** The order service's settings. Times of the order itself are in milliseconds. */
export const orderEnv = publicServiceEnv
  .extend({
    GRPC_PORT: grpcPort,
    MONGODB_URL: z.string().superRefine(readBy(mongoServers)),
    MONGODB_DATABASE: z.string().min(1).default("gorder"),
    SESSION_SECRET: secretList(32).optional(),
    OIDC_JWKS_URL: providerUrl.optional(),
    OIDC_ISSUER: z.string().min(1).optional(),
    OIDC_AUDIENCE: z.string().min(1).optional(),
    CUSTOMER_OIDC_ISSUER: providerUrl.optional(),
    CUSTOMER_OIDC_CLIENT_ID: z.string().min(1).optional(),
    CUSTOMER_OIDC_CLIENT_SECRET: z.string().min(8).optional(),
    CUSTOMER_OIDC_SCOPE: openIdScope,
    PUBLIC_URL: origin.optional(),
    RESERVATION_TTL_SECONDS: z.coerce.number().int().min(60).max(86_400).default(60),
    ORDER_TTL: orderTtl,
    ORDER_HOLD: orderHold,
    RECONCILE_SECONDS: z.coerce.number().min(1).max(3_600).default(60),
    ...limitsEnv,
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    WEB_DIR: z.string().min(1).default("dist/web"),
    IMAGE_ORIGINS: originList,
    ...shopEnv,
    STOCK_URL: baseUrl.optional(),
    PAYMENT_URL: baseUrl.optional(),
  })
  .superRefine((env, context) => {
    const missing = oidc.filter((name) => env[name] === undefined);
    const say = (name: string, message: string) => context.addIssue({ code: "custom", path: [name], message });
    if (missing.length > 0 && missing.length < oidc.length)
      for (const name of missing) say(name, "goes with the other OIDC_ variables");
    if (env.CUSTOMER_OIDC_ISSUER !== undefined)
      for (const name of ["CUSTOMER_OIDC_CLIENT_ID", "PUBLIC_URL", "SESSION_SECRET"] as const)
        if (env[name] === undefined) say(name, "goes with CUSTOMER_OIDC_ISSUER");
    if (env.CUSTOMER_OIDC_ISSUER !== undefined && missing.length < oidc.length)
      say("CUSTOMER_OIDC_ISSUER", "offers guests an account, and with OIDC_* there are no guests");
    if (missing.length === oidc.length && !env.SESSION_SECRET)
      say("SESSION_SECRET", "is required unless OIDC_* are set");
  });
