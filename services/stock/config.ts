import { z } from "zod";
import { baseUrl, grpcPort, serviceEnv } from "#common/config";
import { mysqlAddress } from "./adapters/mysql/address.ts";

const mysqlUrl = z.url({ protocol: /^mysql$/ }).superRefine((url, context) => {
  try {
    mysqlAddress(url);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "is not understood" });
  }
});

/** Stock's settings. */
export const stockEnv = serviceEnv.extend({
  GRPC_PORT: grpcPort,
  MYSQL_URL: mysqlUrl,
  MYSQL_POOL_SIZE: z.coerce.number().int().min(1).max(128).default(16),
  RESERVATION_GRACE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
  RESERVATION_SWEEP_SECONDS: z.coerce.number().int().min(1).max(3_600).default(15),
  ORDER_URL: baseUrl.optional(),
  MENU_FILE: z.string().min(1).optional(),
  STRIPE_SECRET_KEY: z.string().min(8).optional(),
  STRIPE_API_URL: baseUrl.optional(),
});
