import express, { type ErrorRequestHandler, type Express } from "express";
import helmet from "helmet";
import { atMost, endRefused } from "#common/http/body";
import type { Logger } from "#common/logging";
import { apiRoutes, type Trouble } from "./api.ts";
import { createDisputes } from "./disputes.ts";
import { pageRoutes } from "./pages.ts";
import { createRefunds } from "./refunds.ts";
import { sessionJson } from "./sessionJson.ts";
import { createSessions } from "./sessions.ts";
import { createWebhooks, type WebhookOptions } from "./webhooks.ts";

/** What the stand-in is built with. The addresses are asked for when they are used: ports may not be known before. */
export type StandinOptions = {
  /** What the links to the payment pages start with. */
  publicUrl: () => string;
  /** Where webhook messages go. */
  webhookUrl: () => string;
  /** The key that the API demands. */
  secretKey: string;
  /** The secret that signs webhook messages. */
  webhookSecret: string;
  /** What the shop is called on the payment page. */
  shopName?: string;
  logger: Logger;
  now?: () => number;
  wait?: WebhookOptions["wait"];
  /** Which requests fail, and when. */
  trouble?: Trouble;
};

/** The built stand-in, not listening yet. */
export type Standin = { app: Express; close(): void };

/** How often sessions are looked at whose time is over. */
const lapseMs = 1_000;

/** Plays Stripe: the part of its API that is used here, a payment page, and signed webhooks. No money moves. */
export function buildStandin(options: StandinOptions): Standin {
  const {
    publicUrl,
    webhookUrl,
    secretKey,
    webhookSecret,
    shopName = "Gorder",
    logger,
    now = Date.now,
    wait,
    trouble = () => undefined,
  } = options;
  const webhooks = createWebhooks({ url: webhookUrl, secret: webhookSecret, logger, now, ...(wait && { wait }) });
  const sessions = createSessions(now, (event, session) =>
    webhooks.send(`checkout.session.${event}`, sessionJson(session, publicUrl())),
  );
  const refunds = createRefunds(sessions, now, webhooks.send);
  const disputes = createDisputes(sessions, now, webhooks.send);
  const clock = setInterval(sessions.lapse, lapseMs).unref();

  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "extended");
  app.use(helmet({ contentSecurityPolicy: { directives: { "upgrade-insecure-requests": null } } }));
  app.use(atMost(256 * 1024));
  app.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  app.use("/v1", apiRoutes({ sessions, refunds, disputes, webhooks, secretKey, publicUrl, now, trouble }));
  app.use(pageRoutes({ sessions, refunds, disputes, shopName }));
  app.use(errorHandler(logger));
  return {
    app,
    close() {
      clearInterval(clock);
      webhooks.close();
    },
  };
}

/** An error that was not foreseen is logged whole, and answered without a word about it. */
function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 500;
    if (status >= 500) logger.error("request failed", { method: request.method }, error);
    response.status(status).type("json");
    endRefused(request, response, JSON.stringify({ error: { type: "api_error", message: "This did not work." } }));
  };
}
