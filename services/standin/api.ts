import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { z } from "zod";
import { tokenCheck } from "#common/http/appToken";
import { controlRoutes } from "./control.ts";
import { createParams, wishOf } from "./createParams.ts";
import type { Disputes } from "./disputes.ts";
import { createOnce } from "./idempotency.ts";
import { listParams, pageOf } from "./lists.ts";
import { priceJson, priceOf } from "./prices.ts";
import type { Refunds } from "./refunds.ts";
import { paymentJson, sessionJson } from "./sessionJson.ts";
import type { Session, Sessions } from "./sessions.ts";
import { parse, StripeRefusal, stripeErrors } from "./stripeError.ts";
import { createTroubles } from "./troubles.ts";
import type { Webhooks } from "./webhooks.ts";

export type ApiOptions = {
  sessions: Sessions;
  refunds: Refunds;
  disputes: Disputes;
  webhooks: Webhooks;
  secretKey: string;
  publicUrl: () => string;
  now: () => number;
  trouble: Trouble;
};

/**
 * Makes a POST fail, as the provider's own servers do at times: before it had its effect, or after.
 * @param path as in `/checkout/sessions`.
 */
export type Trouble = (path: string) => { at: "before" | "after"; status: 402 | 500 } | undefined;

const refundParams = z.strictObject({
  payment_intent: z.string().min(1),
  amount: z.coerce.number().int().min(1).optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  metadata: z.record(z.string(), z.string()).default({}),
});
const expansions = z.strictObject({ expand: z.array(z.literal("payment_intent.latest_charge")).default([]) });
const chargeExpansions = z.strictObject({ expand: z.array(z.literal("latest_charge")).default([]) });
const sessionList = listParams.extend({
  payment_intent: z.string().optional(),
  status: z.enum(["open", "complete", "expired"]).optional(),
});
const ofPayment = listParams.extend({ payment_intent: z.string().optional() });

/** The part of Stripe's API that is used here: checkout sessions and their payments, prices, refunds and disputes. */
export function apiRoutes(options: ApiOptions): Router {
  const { sessions, refunds, disputes, webhooks, secretKey, publicUrl, now, trouble } = options;
  const once = createOnce(now);
  const troubles = createTroubles();
  const router = Router();
  router.use(knownKey(secretKey), express.urlencoded({ extended: true, limit: "256kb", parameterLimit: 2000 }));
  router.use(({ path, body }: Request, _response, next) => {
    const asked = [...path.split("/"), (body as { payment_intent?: unknown } | undefined)?.payment_intent];
    if (asked.some(troubles.isLost)) throw new StripeRefusal(500, "This object cannot be read.", { type: "api_error" });
    next();
  });
  const show = (session: Session) => sessionJson(session, publicUrl());
  const post = (path: string, work: (request: Request<{ id: string }>) => object) =>
    router.post(path, (request: Request<{ id: string }>, response) => {
      const { status, body, replayed } = once(request, () => troubled(request, work));
      if (replayed) response.set("Idempotent-Replayed", "true");
      response.status(status).json(body);
    });
  function troubled(request: Request<{ id: string }>, work: (request: Request<{ id: string }>) => object): object {
    const { at, status = 500 } = trouble(request.path) ?? troubles.next() ?? {};
    const type = status === 402 ? "card_error" : "api_error";
    const failure = new StripeRefusal(status, "An error occurred with our connection to ourselves.", { type });
    if (at === "before") throw failure;
    const answer = work(request);
    if (at === "after") throw failure;
    return answer;
  }
  const get = (path: string, work: (request: Request<{ id: string }>) => object) =>
    router.get(path, (request: Request<{ id: string }>, response) => void response.json(work(request)));

  post("/checkout/sessions", ({ body }) => show(sessions.open(wishOf(parse(createParams, body), now()))));
  post("/checkout/sessions/:id/expire", ({ params }) => show(sessions.expire(params.id)));
  post("/payment_intents/:id/cancel", ({ params }) => paymentJson(sessions.cancelPayment(params.id)));
  post("/refunds", ({ body }) => refunds.create(parse(refundParams, body)));
  get("/checkout/sessions", ({ query }) => {
    const { payment_intent, status, ...page } = parse(sessionList, query);
    const fitting = sessions
      .list()
      .filter(
        (one) => (status ?? one.status) === one.status && (payment_intent ?? one.payment?.id) === one.payment?.id,
      );
    const { data, ...list } = pageOf("/v1/checkout/sessions", fitting, page);
    return { ...list, data: data.map(show) };
  });
  get("/checkout/sessions/:id", ({ params, query }) => {
    const { expand } = parse(expansions, query);
    return sessionJson(sessions.find(params.id), publicUrl(), expand.length > 0);
  });
  get("/payment_intents/:id", ({ params, query }) => {
    const { expand } = parse(chargeExpansions, query);
    const payment = paymentJson(sessions.ofPayment(params.id));
    return expand.length > 0 ? payment : { ...payment, latest_charge: payment.latest_charge?.id ?? null };
  });
  for (const [path, all] of [["/refunds", refunds.list] as const, ["/disputes", disputes.list] as const]) {
    get(path, ({ query }) => {
      const { payment_intent, ...page } = parse(ofPayment, query);
      const fitting = all().filter((one) => (payment_intent ?? one.payment_intent) === one.payment_intent);
      return pageOf(`/v1${path}`, fitting, page);
    });
  }
  get("/refunds/:id", ({ params }) => refunds.find(params.id));
  get("/prices/:id", ({ params }) => priceJson(priceOf(params.id)));
  router.use("/standin", controlRoutes({ refunds, disputes, webhooks, troubles }));
  router.use(({ method, originalUrl }: Request, _response: Response) => {
    throw new StripeRefusal(404, `Unrecognized request URL (${method}: ${originalUrl}).`);
  });
  router.use(stripeErrors);
  return router;
}

function knownKey(secretKey: string): RequestHandler {
  const matches = tokenCheck(`Bearer ${secretKey}`);
  return (request, _response, next) => {
    if (matches(request.get("authorization"))) return next();
    throw new StripeRefusal(401, "Invalid API Key provided.");
  };
}
