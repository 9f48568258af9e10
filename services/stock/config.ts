import { z } from "zod";
import { baseUrl, grpcPort, readBy, serviceEnv } from "#common/config";
import { mysqlAddress } from "./adapters/mysql/address.ts";

export const stockEnv = serviceEnv.extend({
  GRPC_PORT: grpcPort,
  MYSQL_URL: z.url({ protocol: /^mysql$/, abort: true }).superRefine(readBy(mysqlAddress)),
  MYSQL_POOL_SIZE: z.coerce.number().int().min(1).max(128).default(16),
  RESERVATION_GRACE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
  RESERVATION_SWEEP_SECONDS: z.coerce.number().int().min(1).max(3_600).default(15),
  ORDER_URL: baseUrl.optional(),
  MENU_FILE: z.string().min(1).optional(),
  STRIPE_SECRET_KEY: z.string().min(8).optional(),
  STRIPE_API_URL: baseUrl.optional(),
});
