import { hash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import { AppError } from "#common/errors";

/** The header in which a sidecar shows its app the app's token, and an app shows its sidecar the sidecar's. */
export const tokenHeader = "dapr-api-token";

/** A check of a shared secret that takes the same time whether or how early it differs. */
export function tokenCheck(expected: string): (given: string | null | undefined) => boolean {
  const digest = (text: string) => hash("sha256", text, "buffer");
  const wanted = digest(expected);
  return (given) => given != null && timingSafeEqual(digest(given), wanted);
}

/** Lets only the own sidecar pass, which shows the app API token. */
export function requireAppToken(expected: string): RequestHandler {
  const matches = tokenCheck(expected);
  return (request, _response, next) => {
    if (matches(request.get(tokenHeader))) return next();
    throw new AppError(
      "unauthorized",
      "This route is for the service's own sidecar: the app API token is missing or wrong",
    );
  };
}
