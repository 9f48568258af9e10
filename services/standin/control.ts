import { Router } from "express";
import { z } from "zod";
import { type Disputes, disputeStatuses } from "./disputes.ts";
import { type Refunds, refundStatuses } from "./refunds.ts";
import { parse } from "./stripeError.ts";
import type { Troubles } from "./troubles.ts";
import { type Webhooks, webhookModes } from "./webhooks.ts";

/** What can be switched, and made to happen. */
export type Controlled = { refunds: Refunds; disputes: Disputes; webhooks: Webhooks; troubles: Troubles };

const amount = z.coerce.number().int().min(1).optional();
const shapes = {
  refundsBegin: z.strictObject({ status: z.enum(refundStatuses) }),
  refund: z.strictObject({ payment_intent: z.string(), amount }),
  endRefund: z.strictObject({ status: z.enum(refundStatuses) }),
  dispute: z.strictObject({
    payment_intent: z.string(),
    amount,
    reason: z.string().max(40).default("fraudulent"),
    status: z.enum(disputeStatuses).default("needs_response"),
  }),
  endDispute: z.strictObject({ status: z.enum(disputeStatuses) }),
  troubles: z.strictObject({ every: z.coerce.number().int().min(0).max(1_000) }),
  lost: z.strictObject({ ids: z.string().max(10_000) }),
  webhooks: z.strictObject({ mode: z.enum(webhookModes) }),
};

/**
 * What Stripe has nowhere: `/v1/standin/…`, for clients with the secret key, says how banks, customers and the network behave
 * from now on, and plays who works in the provider's dashboard.
 */
export function controlRoutes({ refunds, disputes, webhooks, troubles }: Controlled): Router {
  const router = Router();
  router.post("/refunds/begin", ({ body }, response) => {
    refunds.begin(parse(shapes.refundsBegin, body).status);
    response.json({});
  });
  router.post("/refunds", ({ body }, response) => {
    // Somebody pressed the button in the dashboard: nothing of ours is on the refund.
    response.json(refunds.create({ ...parse(shapes.refund, body), metadata: {} }));
  });
  router.post("/refunds/:id", ({ params, body }, response) => {
    response.json(refunds.end(params.id, parse(shapes.endRefund, body).status));
  });
  router.post("/disputes", ({ body }, response) => {
    response.json(disputes.create(parse(shapes.dispute, body)));
  });
  router.post("/disputes/:id", ({ params, body }, response) => {
    response.json(disputes.end(params.id, parse(shapes.endDispute, body).status));
  });
  router.post("/troubles", ({ body }, response) => {
    troubles.strike(parse(shapes.troubles, body).every);
    response.json({});
  });
  router.post("/lost", ({ body }, response) => {
    troubles.lose(parse(shapes.lost, body).ids.split(",").filter(Boolean));
    response.json({});
  });
  router.post("/webhooks", ({ body }, response) => {
    webhooks.behave(parse(shapes.webhooks, body).mode);
    response.json({});
  });
  return router;
}
