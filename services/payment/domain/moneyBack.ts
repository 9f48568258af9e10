/** How a refund stands: what failed is with the shop, and even one that succeeded may still come back. */
export type RefundState = "refunding" | "succeeded" | "failed";

/** A part of a payment, or all of it, that goes back. */
export type Refund = {
  /** What it was asked for by; the provider's own for one that nobody here asked for. */
  readonly id: string;
  /** In the payment's currency. */
  readonly amount: number;
  readonly state: RefundState;
  /** The provider's id, once there is one. */
  readonly providerId?: string | undefined;
  /** Which idempotency key is used next: one that was answered with an error is spent for a day. */
  readonly attempt: number;
  /** ISO 8601. */
  readonly at: string;
  /** Why the provider refused it, in its word. */
  readonly failure?: string | undefined;
  /** The last state that the order was told. */
  readonly told?: RefundState | undefined;
};

/** A charge that the customer's bank claims back. */
export type Dispute = {
  readonly id: string;
  readonly amount: number;
  /** The provider's words. */
  readonly reason: string;
  readonly status: string;
  /** ISO 8601. */
  readonly at: string;
  readonly told?: RefundState | undefined;
};

/** A refund as the provider tells of it; `id` is the provider's own where nobody here asked. */
export type RefundNews = Omit<Refund, "attempt" | "told"> & { readonly providerId: string };

/** All refunds and disputes of a payment that the provider knows of, those made at its dashboard too. */
export type GivenBack = { readonly refunds: readonly RefundNews[]; readonly disputes: readonly Dispute[] };

/** What a dispute does to the money; undefined for one that takes none. */
export function moneyBackOf({ status }: Dispute): RefundState | undefined {
  if (status.startsWith("warning_") || status === "prevented") return undefined;
  if (status === "lost") return "succeeded";
  return status === "won" ? "failed" : "refunding";
}

const rank: Record<RefundState, number> = { refunding: 0, succeeded: 1, failed: 2 };

/** The refunds after the provider told of one; the same list when that is known, or older than what is known. */
export function withRefund(known: readonly Refund[], news: RefundNews): readonly Refund[] {
  const same =
    known.find(({ providerId }) => providerId === news.providerId) ??
    known.find(({ id, providerId }) => id === news.id && providerId === undefined);
  if (!same) {
    const id = known.some((one) => one.id === news.id) ? news.providerId : news.id;
    return [...known, { ...news, id, attempt: 1 }];
  }
  if (same.providerId && rank[news.state] <= rank[same.state]) return known;
  const { providerId, state, failure } = news;
  return known.map((one) => (one === same ? { ...one, providerId, state, failure } : one));
}

/**
 * The disputes after the provider told of one; the same list when that is known, or older than what is known. One that was
 * lost may still be won: the customer takes it back, or an arbitration ends so.
 */
export function withDispute(known: readonly Dispute[], news: Dispute): readonly Dispute[] {
  const same = known.find(({ id }) => id === news.id);
  if (!same) return [...known, news];
  const isTurned = same.status === "lost" && news.status === "won";
  if (same.status === news.status || (isDecided(same) && !isTurned)) return known;
  return known.map((one) => (one === same ? { ...news, told: one.told } : one));
}

/** Whether a dispute is over. */
export function isDecided({ status }: Dispute): boolean {
  return status === "won" || status === "lost" || status === "warning_closed" || status === "prevented";
}
