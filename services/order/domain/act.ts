/** Who of the staff does something, and why. The request id makes it repeatable. */
export type Act = { requestId: string; subject: string; name: string; reason: string };

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
