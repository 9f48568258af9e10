import { randomUUID } from "node:crypto";
import type { Request, Response, Router } from "express";
import { z } from "zod";
import type { Logger } from "#common/logging";
import { cookiesFor } from "#common/signIn/cookies";
import type { IdentityProvider } from "#common/signIn/identity";
import { signInRoutes } from "#common/signIn/routes";
import { sealedWith } from "#common/signIn/seal";
import type { Session } from "#common/signIn/session";
import { sessionCookie, sessionShape } from "#common/signIn/sessionCookie";
import { keepSessions } from "#common/signIn/sessions";
import type { Customer } from "../../adapters/customerProvider.ts";
import type { Sessions } from "../../adapters/sessions.ts";
import type { OrderApp } from "../../app/app.ts";
import { accountIdOf, isAccount } from "./accountId.ts";
import { returnPath } from "./returnPath.ts";
import { accountTokenMs, dropToken, guestOf, keepToken, signInPath } from "./session.ts";

/** What accounts of customers are kept with. */
export type AccountOptions = {
  provider: IdentityProvider<Customer>;
  issuer: string;
  /** Sessions are sealed with the first, and opened with any. */
  secrets: readonly string[];
  /** Where browsers find the page: an origin. */
  publicUrl: string;
};

/** Somebody who is signed in. */
export type Account = { customerId: string; name: string };

/** Customers who sign in. */
export type Accounts = {
  /** `/auth/sign-in`, `/auth/callback` and `/auth/sign-out`. */
  routes: Router;
  /** Whose browser it is; the provider is asked again when that is due. */
  of(request: Request, response: Response): Promise<Account | undefined>;
  /** Which guest the browser of this account was until a moment ago; undefined later, and of anybody else. */
  guestBefore(request: Request, response: Response, accountId: string): Promise<string | undefined>;
  /** The orders of a guest whom their browser kept back until they were signed in. @throws AppError "unavailable". */
  take(guestId: string, accountId: string): Promise<void>;
};

const day = 24 * 3_600_000;
/** Unused, and in all: who orders once a month stays signed in. */
const lifetimes = { idleMs: 30 * day, maxMs: 180 * day };

const shape: z.ZodType<Session<Customer>> = sessionShape.extend({ guestId: z.string().optional() });

type Around = {
  app: Pick<OrderApp, "handOver">;
  sessions: Sessions;
  logger: Logger;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/**
 * Sign-in by a provider, beside the guests. Nothing is kept here: the account is a sealed cookie, and what the rest of
 * the API sees is a customer's token, as a guest's is.
 */
export function customerAccounts(options: AccountOptions, { app, sessions, logger, now = Date.now }: Around): Accounts {
  const { provider, issuer, secrets, publicUrl } = options;
  const seal = sealedWith(secrets, "gorder-customers", now);
  const cookies = cookiesFor(publicUrl, "gorder_account");
  const kept = keepSessions({ provider, lifetimes, newId: randomUUID, now, logger });
  const cookie = sessionCookie({ sessions: kept, shape, seal, cookies, now, logger });

  /** As long as a guest may still have something under way. */
  const isFresh = ({ startedAt }: Session<Customer>) => now() - startedAt < accountTokenMs;

  /** The orders of the guest that somebody was; who cannot have them at once has them with the next look. */
  async function fetchOrders({ guestId }: Customer, accountId: string): Promise<void> {
    if (!guestId) return;
    await app.handOver({ guestId, accountId }).catch((error: unknown) => {
      logger.warn("a guest's orders did not go over to their account yet", {
        customerId: accountId,
        reason: String(error),
      });
    });
  }

  const routes = signInRoutes<Customer>({
    paths: { signIn: signInPath, callback: "/auth/callback", signOut: "/auth/sign-out", home: "/" },
    localPath: returnPath,
    provider,
    cookie,
    cookies,
    seal,
    publicUrl,
    async before(request) {
      const customerId = await guestOf(request, sessions);
      // Who was somebody else's account before takes nothing of it along.
      return customerId !== undefined && isAccount(customerId) ? "" : customerId;
    },
    admit(customer, guestId) {
      logger.info("signed in", { customerId: accountIdOf(issuer, customer.subject) });
      return { ...customer, guestId };
    },
    async entered(session, response) {
      const accountId = accountIdOf(issuer, session.subject);
      await fetchOrders(session, accountId);
      // Who came by a link of another site showed no cookie, and may be a guest: the page's first request tells.
      if (session.guestId === undefined) return;
      const issued = await sessions.issue?.(accountId, accountTokenMs);
      if (issued) keepToken(response, issued);
    },
    left: dropToken,
    now,
    logger,
  });

  return {
    routes,
    async take(guestId, accountId) {
      await app.handOver({ guestId, accountId });
    },
    async guestBefore(request, response, accountId) {
      if (!isAccount(accountId)) return undefined;
      const session = await cookie.of(request, response);
      const isTheirs = session !== undefined && accountIdOf(issuer, session.subject) === accountId;
      return isTheirs && isFresh(session) ? session.guestId || undefined : undefined;
    },
    async of(request, response) {
      const session = await cookie.of(request, response, true);
      if (!session) return undefined;
      const customerId = accountIdOf(issuer, session.subject);
      // What the guest had under way while they signed in comes after them; later there is nothing left of it.
      if (isFresh(session)) await fetchOrders(session, customerId);
      return { customerId, name: session.name };
    },
  };
}
