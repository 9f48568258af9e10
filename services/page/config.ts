import { z } from "zod";
import { originList, publicEnv } from "#common/config";

export const pageEnv = publicEnv.extend({
  WEB_DIR: z.string().min(1).default("dist/web"),
  IMAGE_ORIGINS: originList,
});
