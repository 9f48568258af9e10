import express, { type Response, Router } from "express";
import { z } from "zod";
import { dashboardPage } from "./dashboard.ts";
import type { Disputes } from "./disputes.ts";
import { type Notice, paymentPage, unknownPage } from "./page.ts";
import type { Refunds } from "./refunds.ts";
import type { Session, Sessions } from "./sessions.ts";
import { StripeRefusal } from "./stripeError.ts";
import { style } from "./style.ts";

const form = z.object({ action: z.enum(["pay", "slow", "voucher", "arrive", "bounce", "fail", "cancel"]) });

/** What the pages show. */
export type Shown = { sessions: Sessions; refunds: Refunds; disputes: Disputes };

/**
 * The customer's side: `GET /pay/<session>` shows the page, `POST` with an `action` is its buttons. The shop's side:
 * `GET /payments/<payment>` shows what became of the money.
 */
export function pageRoutes({ sessions, refunds, disputes }: Shown): Router {
  const router = Router();
  router.get("/standin.css", (_request, response) => void response.type("css").send(style));

  router.get("/pay/:id", ({ params }, response) => {
    const session = known(() => sessions.find(params.id));
    if (session) show(response, 200, session);
    else response.status(404).send(unknownPage());
  });

  router.get("/payments/:id", ({ params }, response) => {
    const session = known(() => sessions.ofPayment(params.id));
    response.status(session ? 200 : 404).set("Content-Security-Policy", "default-src 'none'; style-src 'self'");
    response.send(session ? dashboardPage(session, refunds, disputes) : unknownPage());
  });

  router.post("/pay/:id", express.urlencoded({ extended: false, limit: "4kb" }), ({ params, body }, response) => {
    const session = known(() => sessions.find(params.id));
    if (!session) return void response.status(404).send(unknownPage());
    const { action } = form.safeParse(body).data ?? {};
    if (action === undefined) return show(response, 400, session, "not understood");
    if (action === "arrive" || action === "bounce") {
      if (!sessions.finish(session.id, action === "arrive")) return show(response, 409, session);
      return response.redirect(303, session.successUrl);
    }
    if (action === "pay" || action === "slow" || action === "voucher") {
      sessions.pay(session.id, action === "pay" ? "fast" : action);
      // A second click finds the session complete: it leads on to the order, and takes nothing.
      if (session.status === "complete") return response.redirect(303, session.successUrl);
    }
    if (session.status !== "open") return show(response, 409, session);
    if (action === "cancel" && session.cancelUrl) return response.redirect(303, session.cancelUrl);
    show(response, action === "fail" ? 402 : 200, session, action === "fail" ? "declined" : undefined);
  });
  return router;
}

function known(find: () => Session): Session | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof StripeRefusal) return undefined;
    throw error;
  }
}

function show(response: Response, status: number, session: Session, notice?: Notice): void {
  // The buttons' answers redirect to the order's page, which browsers count as part of the form's target.
  const targets = [session.successUrl, session.cancelUrl ?? session.successUrl].map((url) => new URL(url).origin);
  const formAction = [...new Set(["'self'", ...targets])].join(" ");
  response
    .status(status)
    .set(
      "Content-Security-Policy",
      `default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action ${formAction}`,
    )
    .send(paymentPage(session, notice));
}
