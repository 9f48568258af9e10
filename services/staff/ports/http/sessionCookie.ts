import type { Request, Response } from "express";
import { z } from "zod";
import type { Logger } from "#common/logging";
import type { Seal } from "../../adapters/seal.ts";
import type { Sessions } from "../../app/sessions.ts";
import { type Session, type SignedIn, withoutToken } from "../../domain/member.ts";
import { roles } from "../../domain/roles.ts";
import { type Cookies, cookieOf } from "./cookies.ts";

/** What browsers take as one cookie is 4,096 bytes, with its name and rules. */
const mostBytes = 3_800;

const shape = z.object({
  id: z.string(),
  subject: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  startedAt: z.number(),
  renewAt: z.number(),
  endsAt: z.number(),
  refreshToken: z.string().optional(),
  wordUntil: z.number().optional(),
});

/** Keeps sessions in the browser's cookie. */
export type SessionCookie = {
  begin(response: Response, member: SignedIn): Promise<Session>;
  /**
   * Whose request it is; renews the cookie when that is due, and drops one that has ended. `isForIt`: the request is the
   * one that pages make to have it renewed.
   */
  of(request: Request, response: Response, isForIt?: boolean): Promise<Session | undefined>;
  end(response: Response): void;
};

/** Nothing is kept here: any replica knows every session, and a restart ends none. */
export function sessionCookie(sessions: Sessions, seal: Seal, cookies: Cookies, logger: Logger): SessionCookie {
  async function keep(response: Response, session: Session): Promise<void> {
    let kept = session;
    let sealed = await seal.seal("session", kept, kept.endsAt);
    if (sealed.length > mostBytes) {
      logger.warn("the provider's refresh token is too long for a cookie", { session: session.id });
      kept = withoutToken(session);
      sealed = await seal.seal("session", kept, kept.endsAt);
    }
    response.cookie(cookies.session, sealed, { ...cookies.rules, expires: new Date(kept.endsAt) });
  }
  const end = (response: Response) => void response.clearCookie(cookies.session, cookies.rules);
  return {
    end,
    async begin(response, member) {
      const session = sessions.begin(member);
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
