import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { goOn, isDue, type Lifetimes, type Session, type SignedIn, startSession } from "../domain/member.ts";
import type { IdentityProvider } from "./ports.ts";

/** What sessions are kept with. */
export type SessionOptions = {
  /** Who is asked again whether a member is still one; without it sessions go on by being used. */
  provider?: Pick<IdentityProvider, "renew"> | undefined;
  lifetimes: Lifetimes;
  newId: () => string;
  now: () => number;
  logger: Logger;
};

/** Begins sessions, and has them go on. */
export type Sessions = {
  begin(member: SignedIn): Session;
  /**
   * The session as it goes on; the same when it is not to be renewed yet, undefined when it has ended. `isForIt`: the
   * request is the one that pages make to have it renewed.
   */
  renewed(session: Session, isForIt: boolean): Promise<Session | undefined>;
};

/** How long the answer to one renewal serves all who ask with the session before it, in milliseconds. */
const sharedMs = 60_000;

/** The page asks several things at once: the provider is asked once, since its answer may void the token it was for. */
export function keepSessions({ provider, lifetimes, newId, now, logger }: SessionOptions): Sessions {
  const under = new Map<string, Promise<Session | undefined>>();

  async function renew(session: Session): Promise<Session | undefined> {
    const { id, subject, refreshToken } = session;
    try {
      const news = provider && refreshToken ? await provider.renew(subject, refreshToken) : undefined;
      if (news?.roles.length === 0) {
        logger.info("session ended", { session: id, subject, reason: "no role is left" });
        return undefined;
      }
      return goOn(session, news, now(), lifetimes);
    } catch (error) {
      // Who works goes on working while the provider is away, until the session ends of itself.
      if (isKind(error, "unavailable")) return session;
      if (!isKind(error, "unauthorized")) throw error;
      logger.info("session ended", { session: id, subject, reason: error.message });
      return undefined;
    }
  }

  return {
    begin: (member) => startSession(member, newId(), now(), lifetimes),
    renewed(session, isForIt) {
      if (!isDue(session, now(), isForIt)) return Promise.resolve(session);
      const key = `${session.id} ${session.renewAt}`;
      const known = under.get(key);
      if (known) return known;
      const mine = renew(session);
      under.set(key, mine);
      setTimeout(() => under.delete(key), sharedMs).unref();
      return mine;
    },
  };
}
