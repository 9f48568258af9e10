import { z } from "zod";
import { serviceEnv } from "#common/config";

/** The kitchen's settings. */
export const kitchenEnv = serviceEnv.extend({
  COOKS: z.coerce.number().int().min(1).max(1000).default(4),
  COOK_SECONDS: z.coerce.number().min(0).max(3600).default(5),
  ORDER_URL: z.url({ protocol: /^https?$/ }).optional(),
});
