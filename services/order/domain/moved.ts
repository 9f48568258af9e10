import { AppError } from "#common/errors";
import type { OrderFacts, OrderSnapshot, Stamp, StatusChange } from "./snapshot.ts";
import { type Actor, type CancelReason, mayMove, type Status } from "./status.ts";

/**
 * The order in its next status, with the step in its history; whoever moves it to where there is a link or a claim adds
 * that. @throws AppError "conflict" when the table forbids it.
 */
export function moved<Next extends Status>(
  order: OrderSnapshot | (OrderFacts & { status: Status; claim?: never }),
  status: Next,
  by: Actor,
  stamp: Stamp,
  reason?: CancelReason,
): OrderFacts & { status: Next } {
  if (!mayMove(order.status, status)) throw refused(order.status, status);
  const change: StatusChange = { status, by, ...stamp, ...(reason && { reason }) };
  // A claim is of the one status that it was made for.
  const { claim: _claim, history, version, ...rest } = order;
  return { ...rest, status, history: [...history, change], version: version + 1 };
}

/** What somebody hears who wants to move an order where it may not go. */
export function refused(from: Status, to: Status): AppError {
  return new AppError("conflict", `The order is ${words(from)}: it cannot become ${words(to)}`);
}

function words(status: Status): string {
  return status.replaceAll("_", " ");
}
