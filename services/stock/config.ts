import { z } from "zod";
import { grpcPort, serviceEnv } from "#common/config";

/** Stock's settings. */
export const stockEnv = serviceEnv.extend({
  GRPC_PORT: grpcPort,
  MYSQL_URL: z.url({ protocol: /^mysql$/ }),
  MYSQL_POOL_SIZE: z.coerce.number().int().min(1).max(128).default(16),
  RESERVATION_GRACE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
  RESERVATION_SWEEP_SECONDS: z.coerce.number().int().min(1).max(3_600).default(15),
  ORDER_URL: z.url({ protocol: /^https?$/ }).optional(),
  MENU_FILE: z.string().min(1).optional(),
  STRIPE_SECRET_KEY: z.string().min(8).optional(),
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
});
