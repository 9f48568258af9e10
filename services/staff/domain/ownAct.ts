/** Who acts, or was kept from it. */
export type Actor = { readonly subject: string; readonly name: string };

/** What somebody asks for that changes no document of the services behind, such as what becomes of dead letters. */
export type Asked = Actor & {
  readonly requestId: string;
  /** In the imperative and dotted: "dead_letters.resend". */
  readonly action: string;
  readonly target: string;
  readonly reason: string;
  /** What of the target: ids, or all of it when there are none. */
  readonly ids: readonly string[];
};

/**
 * How it stands: begun (and not heard of since), done to so many, failed for a reason, or unknown: the process ended
 * in the midst of the act, and nothing tells what came of it.
 */
export type Outcome =
  | { readonly state: "begun" }
  | { readonly state: "done"; readonly count: number }
  | { readonly state: "failed"; readonly why: string }
  | { readonly state: "unknown" };

/** Such an act. It is stored as begun before it is done, and its outcome after. */
export type OwnAct = Asked & {
  readonly kind: "act";
  readonly traceId: string;
  /** The last try, and when it began: milliseconds since the epoch. */
  readonly tryId: string;
  readonly begunAt: number;
  readonly outcome: Outcome;
};

/** What somebody came to again and again, counted for a while in one record: a refusal, a sign-in. */
export type Tally = Actor & {
  readonly kind: "tally";
  readonly action: string;
  readonly target: string;
  /** How often, by what. */
  readonly counts: Readonly<Record<string, number>>;
  /** Why it was refused; empty for what was let in. */
  readonly refusal: string;
  readonly traceId: string;
};

/** How long a try may take; then nobody is at it any more. */
export const longestTryMs = 60_000;

/** Whether somebody may still be at it. */
export function isUnderWay({ outcome, begunAt }: OwnAct, now: number): boolean {
  return outcome.state === "begun" && now - begunAt < longestTryMs;
}

/** Whether it is what was asked for by this id before. */
export function isSame(act: OwnAct, asked: Asked): boolean {
  const essence = ({ subject, action, target, reason, ids }: Asked) =>
    JSON.stringify([subject, action, target, reason, ids]);
  return essence(act) === essence(asked);
}

/**
 * What came of letters whose act was interrupted, by what is left of them. @param left the ids that are still there.
 * @param isWhole whether that is all there is.
 */
export function outcomeBy({ ids }: OwnAct, left: ReadonlySet<string>, isWhole: boolean): Outcome {
  const rest = ids.filter((id) => left.has(id)).length;
  if (ids.length === 0 || !isWhole) return { state: "unknown" };
  if (rest === 0) return { state: "done", count: ids.length };
  if (rest === ids.length) return { state: "failed", why: "It was interrupted before anything was done" };
  return { state: "unknown" };
}
