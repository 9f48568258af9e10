import { type Request, Router } from "express";
import { z } from "zod";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Seal } from "../../adapters/seal.ts";
import type { IdentityProvider } from "../../app/ports.ts";
import type { Tallies } from "../../app/tallies.ts";
import { localPath } from "../../domain/localPath.ts";
import type { SignedIn } from "../../domain/member.ts";
import { type Cookies, cookieOf } from "./cookies.ts";
import type { SessionCookie } from "./sessionCookie.ts";
import { refusalPages } from "./words.ts";

/** What signing in needs. */
export type SignInOptions = {
  /** Without one nobody signs in here, but by an entrance. */
  provider?: IdentityProvider | undefined;
  cookie: SessionCookie;
  cookies: Cookies;
  seal: Seal;
  tallies: Pick<Tallies, "note">;
  /** Where browsers find us: an origin. */
  publicUrl: string;
  now: () => number;
  logger: Logger;
};

/** How long somebody may take at the provider, in milliseconds. */
const patienceMs = 10 * 60_000;

const attemptShape = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });

/** `/staff/login`, `/staff/callback` and `/staff/logout`, for browsers. */
export function signInRoutes(options: SignInOptions): Router {
  const { provider, cookie, cookies, seal, tallies, publicUrl, now, logger } = options;
  const router = Router();

  router.get("/staff/login", async (request, response) => {
    const returnTo = localPath(request.query.return_to);
    if (returnTo === undefined) throw new AppError("invalid", "One can return to a place of the staff’s page only");
    if (!provider) throw new AppError("unauthorized", "Open one of the links that npm start has printed");
    const { url, attempt } = await provider.begin(returnTo, request.query.fresh !== undefined);
    const endsAt = now() + patienceMs;
    const sealed = await seal.seal("sign-in", attempt, endsAt);
    response.cookie(cookies.signIn, sealed, { ...cookies.rules, expires: new Date(endsAt) });
    response.set("Cache-Control", "no-store").redirect(303, url.href);
  });

  router.get("/staff/callback", async (request, response) => {
    response.clearCookie(cookies.signIn, cookies.rules);
    const attempt = await attemptOf(request);
    if (!provider || !attempt) throw new AppError("unauthorized", "This sign-in was not begun here, or long ago");
    const member = await provider.finish(new URL(request.originalUrl, publicUrl), attempt);
    admit(member);
    await cookie.begin(response, member);
    await tallies.note({ ...member, action: "session.begin", refusal: "" }, "staff page");
    response.set("Cache-Control", "no-store").redirect(303, attempt.returnTo);
  });

  router.get("/staff/logout", async (request, response) => {
    // What a browser says nothing of, somebody has typed or is an old one's.
    if (!["same-origin", "none", undefined].includes(request.get("sec-fetch-site")))
      throw new AppError("forbidden", "Another site may sign nobody out");
    const session = await cookie.of(request, response);
    cookie.end(response);
    if (session) logger.info("signed out", { session: session.id, subject: session.subject });
    const ends = session && (await provider?.leave(session.refreshToken));
    response.set("Cache-Control", "no-store").redirect(303, ends?.href ?? "/staff/");
  });

  async function attemptOf(request: Request) {
    const sealed = cookieOf(request, cookies.signIn);
    return sealed === undefined ? undefined : attemptShape.safeParse(await seal.open("sign-in", sealed)).data;
  }

  function admit({ subject, roles }: SignedIn): void {
    if (roles.length === 0) throw new AppError("forbidden", "This account is none of the staff’s: it has no role here");
    logger.info("signed in", { subject, roles: roles.join() });
  }

  return router.use(refusalPages(logger));
}
