import express, { type Request, type Response, Router } from "express";
import { z } from "zod";
import { dashboardPage } from "./dashboard.ts";
import type { Disputes } from "./disputes.ts";
import { type Notice, type PageStyle, paymentPage, unknownPage } from "./page.ts";
import type { Refunds } from "./refunds.ts";
import type { Session, Sessions } from "./sessions.ts";
import { StripeRefusal } from "./stripeError.ts";
import { style } from "./style.ts";
import { type PageWords, wordsFor } from "./words.ts";

const form = z.object({ action: z.enum(["pay", "slow", "voucher", "arrive", "bounce", "fail", "cancel"]) });

/** What the pages show. */
export type Shown = { sessions: Sessions; refunds: Refunds; disputes: Disputes; shopName: string };

/**
 * The customer's side: `GET /pay/<session>` shows the page, `POST` with an `action` is its buttons. The shop's side:
 * `GET /payments/<payment>` shows what became of the money.
 */
export function pageRoutes({ sessions, refunds, disputes, shopName }: Shown): Router {
  const styled = (request: Request, session: Session) => ({ shop: shopName, words: wordsOf(request, session) });
  const router = Router();
  router.get("/standin.css", (_request, response) => void response.type("css").send(style));

  router.get("/pay/:id", (request: Request<{ id: string }>, response) => {
    const session = known(() => sessions.find(request.params.id));
    if (session) show(response, 200, session, styled(request, session));
    else response.status(404).send(unknownPage(wordsOf(request)));
  });

  router.get("/payments/:id", (request: Request<{ id: string }>, response) => {
    const session = known(() => sessions.ofPayment(request.params.id));
    response.status(session ? 200 : 404).set("Content-Security-Policy", "default-src 'none'; style-src 'self'");
    response.send(session ? dashboardPage(session, refunds, disputes, shopName) : unknownPage(wordsOf(request)));
  });

  router.post(
    "/pay/:id",
    express.urlencoded({ extended: false, limit: "4kb" }),
    (request: Request<{ id: string }>, response) => {
      const session = known(() => sessions.find(request.params.id));
      if (!session) return void response.status(404).send(unknownPage(wordsOf(request)));
      const style = styled(request, session);
      const { action } = form.safeParse(request.body).data ?? {};
      if (action === undefined) return show(response, 400, session, style, "notUnderstood");
      if (action === "arrive" || action === "bounce") {
        if (!sessions.finish(session.id, action === "arrive")) return show(response, 409, session, style);
        return response.redirect(303, session.successUrl);
      }
      if (action === "pay" || action === "slow" || action === "voucher") {
        sessions.pay(session.id, action === "pay" ? "fast" : action);
        // A second click finds the session complete: it leads on to the order, and takes nothing.
        if (session.status === "complete") return response.redirect(303, session.successUrl);
      }
      if (session.status !== "open") return show(response, 409, session, style);
      if (action === "cancel" && session.cancelUrl) return response.redirect(303, session.cancelUrl);
      show(response, action === "fail" ? 402 : 200, session, style, action === "fail" ? "declined" : undefined);
    },
  );
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

/** In the language that the address asks for, else the session's, else the browser's: as Stripe does with "auto". */
function wordsOf(request: Request, session?: Session): PageWords {
  const { lang } = request.query;
  return wordsFor(typeof lang === "string" ? lang : "", session?.locale, ...request.acceptsLanguages());
}

function show(response: Response, status: number, session: Session, style: PageStyle, notice?: Notice): void {
  // The buttons' answers redirect to the order's page, which browsers count as part of the form's target.
  const targets = [session.successUrl, session.cancelUrl ?? session.successUrl].map((url) => new URL(url).origin);
  const formAction = [...new Set(["'self'", ...targets])].join(" ");
  response
    .status(status)
    .set(
      "Content-Security-Policy",
      `default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action ${formAction}`,
    )
    .send(paymentPage(session, style, notice));
}
