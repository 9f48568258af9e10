import type { Request, Response } from "express";
import { z } from "zod";
import type { Logger } from "#common/logging";
import { type Cookies, cookieOf, keptUntil } from "./cookies.ts";
import type { Identity } from "./identity.ts";
import type { Seal } from "./seal.ts";
import { type Session, withoutToken } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** What browsers take as one cookie is 4,096 bytes, with its name and rules. */
const mostBytes = 3_800;

/** What every session is read from a cookie with; `who` is what a service knows of people besides. */
export const sessionShape = z.object({
  id: z.string(),
  subject: z.string(),
  name: z.string(),
  startedAt: z.number(),
  renewAt: z.number(),
  endsAt: z.number(),
  refreshToken: z.string().optional(),
  wordUntil: z.number().optional(),
});

/** Keeps sessions in the browser's cookie. */
export type SessionCookie<Who extends Identity> = {
  begin(response: Response, who: Who): Promise<Session<Who>>;
  /**
   * Whose request it is; renews the cookie when that is due, and drops one that has ended. `isForIt`: the request is the
   * one that pages make to have it renewed.
   */
  of(request: Request, response: Response, isForIt?: boolean): Promise<Session<Who> | undefined>;
  end(response: Response): void;
};

/** What sessions are kept in cookies with; `shape` reads them again. */
export type SessionCookieOptions<Who extends Identity> = {
  sessions: Sessions<Who>;
  shape: z.ZodType<Session<Who>>;
  seal: Seal;
  cookies: Cookies;
  /** Milliseconds since the epoch. */
  now: () => number;
  logger: Logger;
};

/** Nothing is kept here: any replica knows every session, and a restart ends none. */
export function sessionCookie<Who extends Identity>(options: SessionCookieOptions<Who>): SessionCookie<Who> {
  const { sessions, shape, seal, cookies, now, logger } = options;
  async function keep(response: Response, session: Session<Who>): Promise<void> {
    let kept = session;
    let sealed = await seal.seal("session", kept, kept.endsAt);
    if (sealed.length > mostBytes) {
      logger.warn("the provider's refresh token is too long for a cookie", { session: session.id });
      kept = withoutToken(session);
      sealed = await seal.seal("session", kept, kept.endsAt);
    }
    response.cookie(cookies.session, sealed, { ...cookies.rules, ...keptUntil(kept.endsAt, now()) });
  }
  const end = (response: Response) => void response.clearCookie(cookies.session, cookies.rules);
  return {
    end,
    async begin(response, who) {
      const session = sessions.begin(who);
      await keep(response, session);
      return session;
    },
    async of(request, response, isForIt = false) {
      const sealed = cookieOf(request, cookies.session);
      if (sealed === undefined) return undefined;
      const before = shape.safeParse(await seal.open("session", sealed)).data;
      const session = before && (await sessions.renewed(before, isForIt));
      if (!session) end(response);
      else if (session !== before) await keep(response, session);
      return session;
    },
  };
}
