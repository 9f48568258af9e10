import type { Counter } from "@prometheus-io/client";
import { Router } from "express";
import type { z } from "zod";
import { isKind } from "#common/errors";
import { rawBody } from "#common/http/body";
import type { PaymentApp } from "../app/app.ts";
import type { Confirmed } from "../app/command/confirmPayment.ts";
import type { MoneyFollowed } from "../app/command/followMoney.ts";
import type { Followed } from "../app/command/followSession.ts";
import { markedOrder } from "../marks.ts";
import { movementShape, type StripeEvent, sessionShape, signedEvent } from "./stripeEvent.ts";

/** What became of one message: only `refused` (not Stripe's) and `retry` are not acknowledged. */
export type WebhookOutcome = Confirmed | Followed | MoneyFollowed | "refused" | "retry";

/** Which secrets sign messages, whom outcomes are told, and the provider's time in milliseconds. */
export type WebhookOptions = {
  secrets: readonly string[];
  outcomes: Counter<"type" | "outcome">;
  now: () => number;
};

/** What each event type can mean for a session. The second comes when a slow means of payment went through. */
const sessionEvents = new Map<string, "completed" | "expired" | "payment_failed">([
  ["checkout.session.completed", "completed"],
  ["checkout.session.async_payment_succeeded", "completed"],
  ["checkout.session.async_payment_failed", "payment_failed"],
  ["checkout.session.expired", "expired"],
]);

/** Events of refunds and disputes, of those made at the dashboard too. */
const movements = /^(refund\.(created|updated|failed)|charge\.(refunded|refund\.updated|dispute\..+))$/;

/**
 * `POST /api/stripe/webhook`. An acknowledged message (200) has had its whole effect; anything that is not through
 * answers 5xx, so that Stripe sends it again.
 */
export function webhookRoutes(app: PaymentApp, { secrets, outcomes, now }: WebhookOptions): Router {
  const router = Router();
  router.post("/api/stripe/webhook", rawBody, async (request, response) => {
    let type = "unknown";
    let outcome: WebhookOutcome = "retry";
    try {
      const event = signedEvent(request.body, request.get("stripe-signature"), secrets, now());
      type = event.type;
      outcome = await receive(app, event);
    } catch (error) {
      if (isKind(error, "invalid")) outcome = "refused";
      throw error;
    } finally {
      outcomes.inc({ type, outcome });
    }
    response.json({ receive: true });
  });
  return router;
}

/** What a message of Stripe, once it is known to be Stripe's, comes to. @throws when Stripe shall send it again. */
export async function receive(app: PaymentApp, { id, type, created, data }: StripeEvent): Promise<WebhookOutcome> {
  if (movements.test(type)) return followMovement(app, movementShape.parse(data.object));
  const meaning = sessionEvents.get(type);
  if (!meaning) return "ignored";
  const session = sessionShape.parse(data.object);
  const marked = markedOrder(session.metadata);
  if (!marked) return "ignored";
  const { orderId, certain } = marked;
  const named = { orderId, sessionId: session.id };
  if (meaning !== "completed") return app.followSession({ ...named, state: { status: "closed", reason: meaning } });
  // Completed does not mean paid: the money of a slow means of payment comes later, or never.
  if (session.payment_status === "unpaid") return app.followSession({ ...named, state: { status: "processing" } });
  return app.confirmPayment({
    ...named,
    certain,
    eventId: id,
    paymentId: session.payment_intent ?? session.id,
    taken: { amount: session.amount_total ?? 0, currency: session.currency ?? "" },
    at: new Date(created * 1000),
    means: onlyOf(session.payment_method_types),
  });
}

function onlyOf(types: readonly string[] | null | undefined): string | undefined {
  return types?.length === 1 ? types[0] : undefined;
}

async function followMovement(app: PaymentApp, { payment_intent, metadata }: z.infer<typeof movementShape>) {
  if (!payment_intent) return "ignored";
  // Who gives our money back by a tool of their own may write on it what they like: the payment knows its order.
  const marked = markedOrder(metadata);
  return app.followMoney({ paymentId: payment_intent, orderId: marked?.certain ? marked.orderId : undefined });
}
