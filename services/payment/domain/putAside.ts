import type { Refund } from "./moneyBack.ts";
import type { Confirmation, Mismatch } from "./payment.ts";

/** What somebody did, or was refused: never changed. */
export type ActRecord = {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  /** In the imperative and dotted: "put_aside.refund". */
  readonly action: string;
  readonly target: string;
  /** JSON. */
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  readonly traceId: string;
  /** Why it was refused; empty when it was done. */
  readonly refusal: string;
};

/** What becomes of money that is no order's. */
export type Decision = "refund" | "dismiss";

/** A confirmation that is no order's: never accepted, kept until somebody has decided. */
export type PutAside = Omit<Confirmation, "at" | "paymentId"> & {
  orderId: string;
  /** The provider's id of the payment; missing where the version before put it aside. */
  paymentId?: string;
  reason: Mismatch | "unknown_order";
  /** ISO 8601. */
  at: string;
  /** What was decided, and by whom; the last of them counts. */
  decisions?: readonly { decision: Decision; record: ActRecord }[];
  /** The refund that was decided on last. */
  refund?: Refund;
};

/** Whether somebody has still to decide: nobody has, or the refund that was decided on failed. */
export function isUndecided({ decisions = [], refund }: PutAside): boolean {
  return decisions.length === 0 || (decisions.at(-1)?.decision === "refund" && refund?.state === "failed");
}

/** Whether nothing is left to be done. */
export function isOver({ decisions = [], refund }: PutAside): boolean {
  const last = decisions.at(-1)?.decision;
  return last === "dismiss" || (last === "refund" && refund?.state === "succeeded");
}

/** The message after this act, unless it was decided before. The record is stored with what it changes. */
export function decide(message: PutAside, decision: Decision, record: ActRecord): PutAside {
  if (!isUndecided(message)) return message;
  const decisions = [...(message.decisions ?? []), { decision, record }];
  const { amount } = message.taken;
  const refund = { id: record.id, amount, state: "refunding", attempt: 1, at: record.at } as const;
  return { ...message, decisions, ...(decision === "refund" && { refund }) };
}

/** The record of an act on this message. */
export function recordOf({ decisions = [] }: PutAside, actId: string): ActRecord | undefined {
  return decisions.find(({ record }) => record.id === actId)?.record;
}
