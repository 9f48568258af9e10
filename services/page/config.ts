import { z } from "zod";
import { originList, publicEnv } from "#common/config";

/** The settings of the page's deployment. */
export const pageEnv = publicEnv.extend({
  WEB_DIR: z.string().min(1).default("dist/web"),
  IMAGE_ORIGINS: originList,
});
