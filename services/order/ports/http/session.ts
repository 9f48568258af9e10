import type { Request, RequestHandler, Response } from "express";
import { AppError } from "#common/errors";
import type { Proven, Sessions } from "../../adapters/sessions.ts";

const cookieName = "gorder_session";
/** Browsers take this name over HTTPS alone, and from no other host of ours: where it can be had, it is the name. */
const secureCookieName = `__Host-${cookieName}`;

/** `POST /api/session`: keeps the guest that the request proves to be, or makes a new one. */
export function openSession(sessions: Sessions): RequestHandler {
  return async (request, response) => {
    if (!sessions.issue) throw new AppError("not_found", "Customers sign in with the identity provider");
    const shown = tokenOf(request);
    const known = shown && (await sessions.verify(shown.token));
    const { token, ...session } = await sessions.issue(known?.customerId);
    const attributes = { httpOnly: true, sameSite: "strict", secure: request.secure, path: "/" } as const;
    response.cookie(request.secure ? secureCookieName : cookieName, token, {
      ...attributes,
      expires: session.expiresAt,
    });
    if (request.secure && shown?.by === cookieName) response.clearCookie(cookieName, attributes);
    // A cookie is kept from scripts, and so is what it proves: a token goes to who came with one, or with nothing.
    const isByCookie = known !== undefined && shown?.by !== "header";
    response.set("Cache-Control", "no-store").json(isByCookie ? session : { ...session, token });
  };
}

/** Whom a request was found to speak for, behind {@link requireCustomer}. */
export function provenOf(response: Response): Proven {
  return response.locals.proven as Proven;
}

/** Lets a customer at what is theirs alone: any other customer's path is 404, as if there were nothing. */
export function requireCustomer(sessions: Sessions): RequestHandler<{ customerId: string }> {
  return async (request, response: Response, next) => {
    const shown = tokenOf(request);
    const proven = shown && (await sessions.verify(shown.token));
    if (proven === undefined) {
      response.set("WWW-Authenticate", "Bearer");
      throw new AppError("unauthorized", "Get a session first: POST /api/session");
    }
    if (proven.customerId !== request.params.customerId) throw new AppError("not_found", "There is no such order");
    response.locals.proven = proven;
    next();
  };
}

/** The token that a request shows, and by what. */
function tokenOf(request: Pick<Request, "get">): { token: string; by: string } | undefined {
  const bearer = /^Bearer ([^\s]+)$/i.exec(request.get("authorization") ?? "")?.[1];
  if (bearer) return { token: bearer, by: "header" };
  const cookies = request.get("cookie")?.split(/;\s*/) ?? [];
  for (const by of [secureCookieName, cookieName]) {
    const cookie = cookies.find((one) => one.startsWith(`${by}=`));
    if (cookie) return { token: cookie.slice(by.length + 1), by };
  }
  return undefined;
}
