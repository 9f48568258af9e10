import { AppError } from "#common/errors";

/** Who of the staff does something, and why. The request id makes it repeatable. */
export type Act = { requestId: string; subject: string; name: string; reason: string };

/** How many acts one order takes: its records are a part of it. Ticks and tickets leave room for what is about money. */
const most = { ticket: 200, order: 300 } as const;

/** What staff may do with an order, as its record says it. */
export type ActName =
  | "ticket.take"
  | "ticket.tick"
  | "ticket.finish"
  | "ticket.take_back"
  | "order.cancel"
  | "order.refund"
  | "order.announce";

/**
 * What somebody did, or was refused. It is stored with what was done, in one write, and never changed. `before` and
 * `after` are the changed fields as JSON; `refusal` says why it was not done, and is empty when it was. `content` stands
 * for all that was asked: who repeats an act asks for the same. Acts of the version before have none.
 */
export type ActRecord = {
  id: string;
  subject: string;
  name: string;
  action: ActName;
  target: string;
  before: string;
  after: string;
  reason: string;
  at: Date;
  traceId: string;
  refusal: string;
  content?: string;
};

/** The acts of an order with one more. @throws AppError "conflict" when it takes no more. */
export function withAct(acts: readonly ActRecord[], act: ActRecord): readonly ActRecord[] {
  const limit = act.action.startsWith("ticket.") ? most.ticket : most.order;
  if (acts.length < limit) return [...acts, act];
  throw new AppError("conflict", `Staff have acted ${limit} times on this order, and it takes no more of that`);
}
