import type Stripe from "stripe";
import { expect, test } from "vitest";
import { foundSession } from "./sessionState.ts";

/** A completed session of 12.00 eur as Stripe describes it, as far as it is looked at. */
function completed(payment_status: string, intent: object | null) {
  const fixed = { id: "cs_1", url: null, metadata: { orderId: "order-1" }, status: "complete", created: 0 };
  const session = { ...fixed, amount_total: 1200, currency: "eur", payment_status, payment_intent: intent };
  return foundSession(session as unknown as Stripe.Checkout.Session, { refunds: [], disputes: [] }).state;
}

test.each(["processing", "requires_action", "requires_confirmation", "requires_capture"])(
  "a completed session whose intent is %s can still bring money: it has not failed",
  (status) => {
    expect(completed("unpaid", { id: "pi_1", status })).toEqual({ status: "processing" });
  },
);

test.each(["requires_payment_method", "canceled"])("a completed session whose intent is %s has failed", (status) => {
  expect(completed("unpaid", { id: "pi_1", status })).toEqual({ status: "closed", reason: "payment_failed" });
});

test("a completed session of nothing to pay has not failed: it says what was taken", () => {
  const confirmation = { paymentId: "cs_1", taken: { amount: 1200, currency: "eur" } };
  expect(completed("no_payment_required", null)).toMatchObject({ status: "paid", confirmation });
});
