import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Identity, IdentityProvider } from "./identity.ts";
import { goOn, isDue, type Lifetimes, type Session, startSession } from "./session.ts";

/** What sessions are kept with. */
export type SessionOptions<Who extends Identity> = {
  /** Who is asked again what somebody is by now; without it sessions go on by being used. */
  provider?: Pick<IdentityProvider<Who>, "renew"> | undefined;
  /** Why somebody may not stay, by what the provider says of them by now. */
  refuses?: (news: Who) => string | undefined;
  lifetimes: Lifetimes;
  newId: () => string;
  now: () => number;
  logger: Logger;
};

/** Begins sessions, and has them go on. */
export type Sessions<Who extends Identity> = {
  begin(who: Who): Session<Who>;
  /**
   * The session as it goes on; the same when it is not to be renewed yet, undefined when it has ended. `isForIt`: the
   * request is the one that pages make to have it renewed.
   */
  renewed(session: Session<Who>, isForIt: boolean): Promise<Session<Who> | undefined>;
};

/** How long the answer to one renewal serves all who ask with the session before it, in milliseconds. */
const sharedMs = 60_000;

/** The page asks several things at once: the provider is asked once, since its answer may void the token it was for. */
export function keepSessions<Who extends Identity>(options: SessionOptions<Who>): Sessions<Who> {
  const { provider, refuses = () => undefined, lifetimes, newId, now, logger } = options;
  const under = new Map<string, Promise<Session<Who> | undefined>>();

  async function renew(session: Session<Who>): Promise<Session<Who> | undefined> {
    const { id, subject, refreshToken } = session;
    try {
      const news = provider && refreshToken ? await provider.renew(subject, refreshToken) : undefined;
      const reason = news && refuses(news);
      if (reason !== undefined) {
        logger.info("session ended", { session: id, subject, reason });
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
    begin: (who) => startSession(who, newId(), now(), lifetimes),
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
