import express, { type Response, Router } from "express";
import { z } from "zod";
import { type Notice, paymentPage, unknownPage } from "./page.ts";
import type { Session, Sessions } from "./sessions.ts";
import { StripeRefusal } from "./stripeError.ts";
import { style } from "./style.ts";

/** What the pages work with. */
export type PageOptions = {
  sessions: Sessions;
  /** Called once for each session that was paid. */
  paid: (session: Session) => void;
};

const form = z.object({ action: z.enum(["pay", "fail", "cancel"]) });

/** The customer's side: `GET /pay/<session>` shows the page, `POST` with `action=pay|fail|cancel` is its buttons. */
export function pageRoutes({ sessions, paid }: PageOptions): Router {
  const router = Router();
  router.get("/standin.css", (_request, response) => void response.type("css").send(style));

  router.get("/pay/:id", ({ params }, response) => {
    const session = known(sessions, params.id);
    if (session) show(response, 200, session);
    else response.status(404).send(unknownPage());
  });

  router.post("/pay/:id", express.urlencoded({ extended: false, limit: "4kb" }), ({ params, body }, response) => {
    const session = known(sessions, params.id);
    if (!session) return void response.status(404).send(unknownPage());
    const { action } = form.safeParse(body).data ?? {};
    if (action === undefined) return show(response, 400, session, "not understood");
    if (action === "pay" && sessions.pay(session.id)) paid(session);
    // A second click on Pay finds the session complete: it leads on to the order, and takes nothing.
    if (action === "pay" && session.status === "complete") return response.redirect(303, session.successUrl);
    if (session.status !== "open") return show(response, 409, session);
    if (action === "cancel" && session.cancelUrl) return response.redirect(303, session.cancelUrl);
    show(response, action === "fail" ? 402 : 200, session, action === "fail" ? "declined" : undefined);
  });
  return router;
}

function known(sessions: Sessions, id: string): Session | undefined {
  try {
    return sessions.find(id);
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
