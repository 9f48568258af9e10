import type { Express } from "express";
import { createHttpApp } from "#common/http/app";
import { alive } from "#common/http/health";
import { pageRoutes } from "#common/http/page";
import type { Logger } from "#common/logging";

/** Serves the built page and nothing else: where it is the only way in, the routes for sidecars and operators stay out of reach. */
export function pageApp(webDir: string, logger: Logger, imageOrigins: readonly string[] = []): Express {
  return createHttpApp("page", logger, (app) => {
    app.use(alive(), pageRoutes(webDir, imageOrigins));
  });
}

/** The probe alone, for a listener that guests cannot fill. */
export function pageHealth(logger: Logger): Express {
  return createHttpApp("page", logger, (app) => void app.use(alive()));
}
