import express, { type Express, type Request } from "express";
import type { Logger } from "#common/logging";
import { noSuchRoute, problemHandler } from "./problem.ts";
import { securityHeaders } from "./securityHeaders.ts";
import { traced } from "./traced.ts";

/**
 * An Express app with our habits: traces, security headers, no hints, problems instead of stacks.
 * @param isOurs which requests come from callers of our own, whose traces go on here; default: none.
 */
export function createHttpApp(
  service: string,
  logger: Logger,
  addRoutes: (app: Express) => void,
  isOurs?: (request: Request) => boolean,
): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(traced(service, isOurs));
  app.use(securityHeaders());
  addRoutes(app);
  app.use(noSuchRoute);
  app.use(problemHandler(logger));
  return app;
}
