import { type Request, type Response, Router } from "express";
import { z } from "zod";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import { type Cookies, cookieOf, keptUntil } from "./cookies.ts";
import type { Identity, IdentityProvider } from "./identity.ts";
import type { Seal } from "./seal.ts";
import type { Session } from "./session.ts";
import type { SessionCookie } from "./sessionCookie.ts";
import { refusalPages } from "./words.ts";

/** A way in for people whom a provider knows. */
export type Door<Who extends Identity> = {
  /** Its three paths, and where one lands who has left. */
  paths: { signIn: string; callback: string; signOut: string; home: string };
  /** The place that somebody wants to return to, from a query's parameter; undefined for one that is not ours. */
  localPath(wanted: unknown): string | undefined;
  /** Without one nobody signs in here; `closed` says what to do instead. */
  provider?: IdentityProvider<Who> | undefined;
  closed?: string;
  cookie: SessionCookie<Who>;
  cookies: Cookies;
  seal: Seal;
  /** Where browsers find us: an origin. */
  publicUrl: string;
  /** Whom the browser was before: kept until its sign-in has ended, as its other cookies do not come along then. */
  before?(request: Request): Promise<string | undefined>;
  /** Who comes in, as they are kept. @throws AppError for who is not let in. */
  admit(who: Who, before: string | undefined): Who;
  /** What is to be done besides, once somebody is in, or out. */
  entered?(session: Session<Who>, response: Response): Promise<void>;
  left?(response: Response): void;
  now: () => number;
  logger: Logger;
};

/** How long somebody may take at the provider, in milliseconds. */
const patienceMs = 10 * 60_000;

const attemptShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  before: z.string().optional(),
});

/** A door's three routes, for browsers. */
export function signInRoutes<Who extends Identity>(door: Door<Who>): Router {
  const { paths, provider, cookie, cookies, seal, publicUrl, now, logger } = door;
  const router = Router();

  router.get(paths.signIn, async (request, response) => {
    const returnTo = door.localPath(request.query.return_to);
    if (returnTo === undefined) throw new AppError("invalid", "One can return to a place of this page only");
    if (!provider) throw new AppError("unauthorized", door.closed ?? "Nobody signs in here");
    const { url, attempt } = await provider.begin(returnTo, request.query.fresh !== undefined);
    const endsAt = now() + patienceMs;
    const sealed = await seal.seal("sign-in", { ...attempt, before: await door.before?.(request) }, endsAt);
    response.cookie(cookies.signIn, sealed, { ...cookies.rules, ...keptUntil(endsAt, now()) });
    response.set("Cache-Control", "no-store").redirect(303, url.href);
  });

  router.get(paths.callback, async (request, response) => {
    response.clearCookie(cookies.signIn, cookies.rules);
    const attempt = await attemptOf(request);
    if (!provider || !attempt) throw new AppError("unauthorized", "This sign-in was not begun here, or long ago");
    const who = await provider.finish(new URL(request.originalUrl, publicUrl), attempt);
    const session = await cookie.begin(response, door.admit(who, attempt.before));
    await door.entered?.(session, response);
    response.set("Cache-Control", "no-store").redirect(303, attempt.returnTo);
  });

  router.get(paths.signOut, async (request, response) => {
    // What a browser says nothing of, somebody has typed or is an old one's.
    if (!["same-origin", "none", undefined].includes(request.get("sec-fetch-site")))
      throw new AppError("forbidden", "Another site may sign nobody out");
    const session = await cookie.of(request, response);
    cookie.end(response);
    door.left?.(response);
    if (session) logger.info("signed out", { session: session.id, subject: session.subject });
    const ends = session && (await provider?.leave(session.refreshToken));
    response.set("Cache-Control", "no-store").redirect(303, ends?.href ?? paths.home);
  });

  async function attemptOf(request: Request) {
    const sealed = cookieOf(request, cookies.signIn);
    return sealed === undefined ? undefined : attemptShape.safeParse(await seal.open("sign-in", sealed)).data;
  }

  return router.use(refusalPages(logger, paths.signIn));
}
