import type { Role } from "./roles.ts";

/** A member of staff, as the identity provider knows them. */
export type Member = {
  /** The provider's id of them. */
  readonly subject: string;
  /** What others read. */
  readonly name: string;
  readonly roles: readonly Role[];
};

/** A member who is signed in. Times are in milliseconds since the epoch. */
export type Session = Member & {
  readonly id: string;
  readonly startedAt: number;
  /** From when on it is to be renewed; see {@link isDue}. */
  readonly renewAt: number;
  /** When it ends, unless it is renewed before. */
  readonly endsAt: number;
  /** What the provider renews it for; without one it is renewed by being used. */
  readonly refreshToken?: string | undefined;
  /** Until when the provider's word on the member stands where nobody can ask it again; unset where nobody said. */
  readonly wordUntil?: number | undefined;
};

/** How long sessions last, in milliseconds: unused, and in all. */
export type Lifetimes = { readonly idleMs: number; readonly maxMs: number };

/**
 * How old a session may become before the provider is asked again, and how long it then waits for the request that is
 * for it: twice as long at most keeps somebody a role that was taken.
 */
const renewAfterMs = 5 * 60_000;

/** What the provider says of a member who signs in, or whose session it renews. */
export type SignedIn = Member & Pick<Session, "refreshToken" | "wordUntil">;

/** A new session of a member who has just signed in. */
export function startSession(member: SignedIn, id: string, now: number, lifetimes: Lifetimes): Session {
  return lasting({ ...member, id, startedAt: now }, now, lifetimes);
}

/** The session as it goes on from now, with what the provider says of the member by now; never past its `maxMs`. */
export function goOn(session: Session, news: SignedIn | undefined, now: number, lifetimes: Lifetimes): Session {
  const refreshToken = news?.refreshToken ?? session.refreshToken;
  const wordUntil = news?.wordUntil ?? session.wordUntil;
  return lasting({ ...session, ...news, refreshToken, wordUntil }, now, lifetimes);
}

/**
 * Whether a request renews the session. Where a page asks several things at once, each may reach another replica, and a
 * provider that is asked twice with one token takes it for stolen: so one request is for it, and the others leave it time.
 */
export function isDue({ renewAt, endsAt }: Session, now: number, isForIt: boolean): boolean {
  return now >= renewAt + (isForIt ? 0 : Math.min(renewAfterMs, (endsAt - renewAt) / 2));
}

/** The session without what the provider would renew it for: nobody can ask again, so it ends with the provider's word. */
export function withoutToken({ refreshToken: _, ...session }: Session): Session {
  return { ...session, endsAt: Math.min(session.endsAt, session.wordUntil ?? session.endsAt) };
}

function lasting(session: Omit<Session, "renewAt" | "endsAt">, now: number, { idleMs, maxMs }: Lifetimes): Session {
  const { startedAt, refreshToken, wordUntil = Number.POSITIVE_INFINITY } = session;
  const ends = Math.min(now + idleMs, startedAt + maxMs);
  const endsAt = refreshToken ? ends : Math.min(ends, wordUntil);
  return { ...session, renewAt: now + Math.min(renewAfterMs, idleMs / 2), endsAt };
}
