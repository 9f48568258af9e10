import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { z } from "zod";
import { tokenCheck } from "#common/http/appToken";
import { createParams, wishOf } from "./createParams.ts";
import { createOnce } from "./idempotency.ts";
import { newId } from "./ids.ts";
import { priceJson, priceOf } from "./prices.ts";
import { sessionJson } from "./sessionJson.ts";
import type { Session, Sessions } from "./sessions.ts";
import { StripeRefusal, stripeErrors, wrongParameter } from "./stripeError.ts";

/** What the API works with. */
export type ApiOptions = {
  sessions: Sessions;
  secretKey: string;
  publicUrl: () => string;
  now: () => number;
  /** Called when a session was expired through the API. */
  expired: (session: Session) => void;
};

const refundParams = z.strictObject({
  payment_intent: z.string().min(1),
  amount: z.coerce.number().int().min(1).optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  metadata: z.record(z.string(), z.string()).default({}),
});

const retrieveParams = z.strictObject({ expand: z.array(z.literal("payment_intent.latest_charge")).optional() });

/** The part of Stripe's API that is used here: checkout sessions, prices and refunds. */
export function apiRoutes({ sessions, secretKey, publicUrl, now, expired }: ApiOptions): Router {
  const once = createOnce();
  const router = Router();
  router.use(knownKey(secretKey), express.urlencoded({ extended: true, limit: "256kb", parameterLimit: 2000 }));
  const show = (session: Session) => sessionJson(session, publicUrl());
  const post = (path: string, work: (request: Request<{ id: string }>) => object) =>
    router.post(path, (request: Request<{ id: string }>, response) => {
      const { answer, replayed } = once(request, () => work(request));
      if (replayed) response.set("Idempotent-Replayed", "true");
      response.json(answer);
    });

  post("/checkout/sessions", ({ body }) => show(sessions.open(wishOf(parsed(createParams, body), now()))));
  post("/checkout/sessions/:id/expire", ({ params }) => {
    const session = sessions.expire(params.id);
    expired(session);
    return show(session);
  });
  post("/refunds", ({ body }) => {
    const { payment_intent, amount, reason = null, metadata } = parsed(refundParams, body);
    const back = sessions.refund(payment_intent, amount);
    return { id: newId("re"), object: "refund", amount: back, payment_intent, reason, metadata, status: "succeeded" };
  });
  router.get("/checkout/sessions/:id", ({ params, query }, response) => {
    const { expand } = parsed(retrieveParams, query);
    response.json(sessionJson(sessions.find(params.id), publicUrl(), expand !== undefined));
  });
  router.get("/prices/:id", ({ params }, response) => void response.json(priceJson(priceOf(params.id))));
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

function parsed<T extends z.ZodType>(shape: T, body: unknown): z.infer<T> {
  const result = shape.safeParse(body ?? {});
  if (result.success) return result.data;
  throw wrongParameter(result.error.issues[0]);
}
