import { z } from "zod";
import { originList, serviceEnv } from "#common/config";

/** The page's settings. */
export const pageEnv = serviceEnv
  .pick({ NODE_ENV: true, LOG_LEVEL: true, HOST: true, PORT: true, HEALTH_PORT: true })
  .extend({
    WEB_DIR: z.string().min(1).default("dist/web"),
    IMAGE_ORIGINS: originList,
  });
