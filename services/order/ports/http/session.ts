import type { Request, RequestHandler, Response } from "express";
import { AppError } from "#common/errors";
import type { Sessions } from "../../adapters/sessions.ts";

const cookieName = "gorder_session";

/** `POST /api/session`: keeps the guest that the request proves to be, or makes a new one. */
export function openSession(sessions: Sessions): RequestHandler {
  return async (request, response) => {
    if (!sessions.issue) throw new AppError("not_found", "Customers sign in with the identity provider");
    const token = tokenOf(request);
    const known = token === undefined ? undefined : await sessions.verify(token);
    const session = await sessions.issue(known);
    response.cookie(cookieName, session.token, {
      httpOnly: true,
      sameSite: "strict",
      secure: request.secure,
      path: "/",
      expires: session.expiresAt,
    });
    response.set("Cache-Control", "no-store").json(session);
  };
}

/** Lets a customer at what is theirs alone: any other customer's path is 404, as if there were nothing. */
export function requireCustomer(sessions: Sessions): RequestHandler<{ customerId: string }> {
  return async (request, response: Response, next) => {
    const token = tokenOf(request);
    const customerId = token === undefined ? undefined : await sessions.verify(token);
    if (customerId === undefined) {
      response.set("WWW-Authenticate", "Bearer");
      throw new AppError("unauthorized", "Get a session first: POST /api/session");
    }
    if (customerId !== request.params.customerId) throw new AppError("not_found", "There is no such order");
    next();
  };
}

function tokenOf(request: Pick<Request, "get">): string | undefined {
  const bearer = /^Bearer ([^\s]+)$/i.exec(request.get("authorization") ?? "")?.[1];
  if (bearer) return bearer;
  const cookies = request.get("cookie")?.split(/;\s*/) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}
