import { z } from "zod";
import { baseUrl, serviceEnv } from "#common/config";

/**
 * Who cooks: the kitchen's simulated cooks by themselves (auto), or staff, who take tickets from the board (board). Both
 * work on the same claims, so that changing it loses nothing.
 */
const kitchenMode = z.enum(["auto", "board"], "auto (simulated cooks) or board (staff take the tickets)");

/** The kitchen's settings. */
export const kitchenEnv = serviceEnv.extend({
  KITCHEN_MODE: kitchenMode.default("auto"),
  COOKS: z.coerce.number().int().min(1).max(1000).default(4),
  COOK_SECONDS: z.coerce.number().min(0).max(3600).default(5),
  ORDER_URL: baseUrl.optional(),
});
