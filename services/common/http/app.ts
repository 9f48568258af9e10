import express, { type Express } from "express";
import helmet from "helmet";
import type { Logger } from "#common/logging";
import { noSuchRoute, problemHandler } from "./problem.ts";
import { traced } from "./traced.ts";

/** An Express app with our habits: traces, security headers, no hints, problems instead of stacks. */
export function createHttpApp(service: string, logger: Logger, addRoutes: (app: Express) => void): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(traced(service));
  app.use(
    helmet({ contentSecurityPolicy: { directives: { "form-action": ["'self'"], "upgrade-insecure-requests": null } } }),
  );
  addRoutes(app);
  app.use(noSuchRoute);
  app.use(problemHandler(logger));
  return app;
}
