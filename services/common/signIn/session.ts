import type { Identity } from "./identity.ts";

/** Somebody who is signed in. Times are in milliseconds since the epoch. */
export type Session<Who extends Identity> = Who & {
  readonly id: string;
  readonly startedAt: number;
  /** From when on it is to be renewed; see {@link isDue}. */
  readonly renewAt: number;
  /** When it ends, unless it is renewed before. Without a refresh token it is renewed by being used. */
  readonly endsAt: number;
};

/** How long sessions last, in milliseconds: unused, and in all. */
export type Lifetimes = { readonly idleMs: number; readonly maxMs: number };

/**
 * How old a session may become before the provider is asked again, and how long it then waits for the request that is
 * for it: twice as long at most keeps somebody what was taken from them.
 */
const renewAfterMs = 5 * 60_000;

/** A new session of somebody who has just signed in. */
export function startSession<Who extends Identity>(
  who: Who,
  id: string,
  now: number,
  lifetimes: Lifetimes,
): Session<Who> {
  return lasting({ ...who, id, startedAt: now }, now, lifetimes);
}

/** The session as it goes on from now, with what the provider says of them by now; never past its `maxMs`. */
export function goOn<Who extends Identity>(
  session: Session<Who>,
  news: Who | undefined,
  now: number,
  lifetimes: Lifetimes,
): Session<Who> {
  const refreshToken = news?.refreshToken ?? session.refreshToken;
  const wordUntil = news?.wordUntil ?? session.wordUntil;
  return lasting({ ...session, ...news, refreshToken, wordUntil }, now, lifetimes);
}

/**
 * Whether a request renews the session. Where a page asks several things at once, each may reach another replica, and a
 * provider that is asked twice with one token takes it for stolen: so one request is for it, and the others leave it time.
 */
export function isDue(
  { renewAt, endsAt }: Pick<Session<Identity>, "renewAt" | "endsAt">,
  now: number,
  isForIt: boolean,
): boolean {
  return now >= renewAt + (isForIt ? 0 : Math.min(renewAfterMs, (endsAt - renewAt) / 2));
}

/** The session without what the provider would renew it for: nobody can ask again, so it ends with the provider's word. */
export function withoutToken<Who extends Identity>(session: Session<Who>): Session<Who> {
  const endsAt = Math.min(session.endsAt, session.wordUntil ?? session.endsAt);
  return { ...session, refreshToken: undefined, endsAt };
}

function lasting<Begun extends Identity & { readonly startedAt: number }>(begun: Begun, now: number, to: Lifetimes) {
  const { startedAt, refreshToken, wordUntil = Number.POSITIVE_INFINITY } = begun;
  const ends = Math.min(now + to.idleMs, startedAt + to.maxMs);
  const endsAt = refreshToken ? ends : Math.min(ends, wordUntil);
  return { ...begun, renewAt: now + Math.min(renewAfterMs, to.idleMs / 2), endsAt };
}
