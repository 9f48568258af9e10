import type { Router } from "express";
import { z } from "zod";
import { AppError } from "#common/errors";
import { type Door, signInRoutes } from "#common/signIn/routes";
import { type SessionCookie, sessionShape } from "#common/signIn/sessionCookie";
import type { Tallies } from "../../app/tallies.ts";
import { home, localPath } from "../../domain/localPath.ts";
import type { Session, SignedIn } from "../../domain/member.ts";
import { roles } from "../../domain/roles.ts";

/** Keeps the staff's sessions. */
export type StaffCookie = SessionCookie<SignedIn>;

/** What a session is read from its cookie with. */
export const staffSession: z.ZodType<Session> = sessionShape.extend({ roles: z.array(z.enum(roles)) });

/** Where one signs in. */
export const loginPath = "/staff/login";

/** `/staff/login`, `/staff/callback` and `/staff/logout`, for browsers. */
export function staffSignIn(
  options: Omit<Door<SignedIn>, "paths" | "localPath" | "closed" | "admit" | "entered"> & {
    tallies: Pick<Tallies, "note">;
  },
): Router {
  const { tallies, ...door } = options;
  const { logger } = door;
  return signInRoutes({
    ...door,
    paths: { signIn: loginPath, callback: "/staff/callback", signOut: "/staff/logout", home },
    localPath,
    closed: "Open one of the links that npm start has printed",
    admit(member) {
      const { subject, roles } = member;
      if (roles.length === 0)
        throw new AppError("forbidden", "This account is none of the staff’s: it has no role here");
      logger.info("signed in", { subject, roles: roles.join() });
      return member;
    },
    entered: (member) => tallies.note({ ...member, action: "session.begin", refusal: "" }, "staff page"),
  });
}
