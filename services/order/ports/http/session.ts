import type { Request, RequestHandler, Response } from "express";
import { AppError } from "#common/errors";
import { keptUntil } from "#common/signIn/cookies";
import type { Proven, Session, Sessions } from "../../adapters/sessions.ts";
import { isAccount } from "./accountId.ts";
import type { Accounts } from "./accounts.ts";

const cookieName = "gorder_session";
/** Browsers take this name over HTTPS alone, and from no other host of ours: where it can be had, it is the name. */
const secureCookieName = `__Host-${cookieName}`;

/** Where one signs in. */
export const signInPath = "/auth/sign-in";

/** How long a token of an account is good: the cookie of the account makes new ones as long as the provider knows it. */
export const accountTokenMs = 3_600_000;

/**
 * `POST /api/session`: keeps the guest that the request proves to be, or makes a new one; who is signed in is their
 * account, whatever guest they were.
 */
export function openSession(sessions: Sessions, accounts?: Accounts): RequestHandler {
  const offer = accounts && { signIn: signInPath };
  return async (request, response) => {
    if (!sessions.issue) throw new AppError("not_found", "Customers sign in with the identity provider");
    const shown = tokensOf(request);
    const proof = await proofIn(shown, sessions);
    const known = proof?.proven;
    const by = proof?.by ?? shown[0]?.by;
    const account = by === "header" ? undefined : await accounts?.of(request, response);
    // An account without its cookie has been left: what follows is a guest like any other.
    const guestId = known && !isAccount(known.customerId) ? known.customerId : undefined;
    if (accounts && account && guestId !== undefined) await accounts.take(guestId, account.customerId);
    const issued = account ? await sessions.issue(account.customerId, accountTokenMs) : await sessions.issue(guestId);
    keepToken(response, issued);
    if (isSecure(response) && shown.some((one) => one.by === cookieName))
      response.clearCookie(cookieName, rulesOf(response));
    // A cookie is kept from scripts, and so is what it proves: a token goes to who came with one, or with nothing.
    const isByCookie = account !== undefined || (known !== undefined && by !== "header");
    const { token, ...session } = issued;
    const told = { ...session, ...offer, ...(account && { account: { name: account.name } }) };
    response.set("Cache-Control", "no-store").json(isByCookie ? told : { ...told, token });
  };
}

/**
 * Has cookies kept to TLS where browsers find us by it, also behind proxies of which nobody told us (TRUSTED_PROXIES): those
 * speak plain HTTP with us.
 */
export function keptToTls(publicUrl?: string): RequestHandler {
  const always = publicUrl?.startsWith("https:") ?? false;
  return (request, response, next) => {
    response.locals.isSecure = always || request.secure;
    next();
  };
}

const isSecure = ({ locals }: Response): boolean => locals.isSecure === true;
const rulesOf = (response: Response) =>
  ({ httpOnly: true, sameSite: "strict", secure: isSecure(response), path: "/" }) as const;

/** Has the browser show the token from now on. */
export function keepToken(response: Response, { token, expiresAt }: Session): void {
  const name = isSecure(response) ? secureCookieName : cookieName;
  response.cookie(name, token, { ...rulesOf(response), ...keptUntil(expiresAt.getTime(), Date.now()) });
}

/** Has the browser forget its token. */
export function dropToken(response: Response): void {
  for (const name of [secureCookieName, cookieName]) response.clearCookie(name, rulesOf(response));
}

/** The customer that a browser's own token speaks for. */
export async function guestOf(request: Request, sessions: Sessions): Promise<string | undefined> {
  return (await proofIn(tokensOf(request), sessions))?.proven.customerId;
}

/** Whom a request was found to speak for, behind {@link requireCustomer}. */
export function provenOf(response: Response): Proven {
  return response.locals.proven as Proven;
}

/** Lets a customer at what is theirs alone: any other customer's path is 404, as if there were nothing. */
export function requireCustomer(sessions: Sessions): RequestHandler<{ customerId: string }> {
  return async (request, response: Response, next) => {
    const proven = (await proofIn(tokensOf(request), sessions))?.proven;
    if (proven === undefined) {
      response.set("WWW-Authenticate", "Bearer");
      throw new AppError("unauthorized", "Get a session first: POST /api/session");
    }
    if (proven.customerId !== request.params.customerId) throw new AppError("not_found", "There is no such order");
    response.locals.proven = proven;
    next();
  };
}

type Shown = { token: string; by: string };

/** How many cookies of ours are looked at: browsers send two or three of one name where several paths or hosts set it. */
const mostCookies = 5;

/** The tokens that a request shows, and by what: its header's alone, or else its cookies', the safest name first. */
function tokensOf(request: Pick<Request, "get">): readonly Shown[] {
  const bearer = /^Bearer ([^\s]+)$/i.exec(request.get("authorization") ?? "")?.[1];
  if (bearer) return [{ token: bearer, by: "header" }];
  const cookies = request.get("cookie")?.split(/;\s*/) ?? [];
  const shown = [secureCookieName, cookieName].flatMap((by) =>
    cookies.flatMap((one) => (one.startsWith(`${by}=`) ? { token: one.slice(by.length + 1), by } : [])),
  );
  return shown.slice(0, mostCookies);
}

/** The first that proves somebody: a stale or foreign cookie beside a good one locks nobody out. */
async function proofIn(shown: readonly Shown[], sessions: Sessions): Promise<(Shown & { proven: Proven }) | undefined> {
  for (const one of shown) {
    const proven = await sessions.verify(one.token);
    if (proven) return { ...one, proven };
  }
  return undefined;
}
