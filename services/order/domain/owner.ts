import type { OrderSnapshot, Stamp } from "./snapshot.ts";
import { isOff } from "./status.ts";

/** Whom an order belonged to, and when it went over to somebody else. */
export type FormerOwner = Stamp & { customerId: string };

/**
 * The order as its guest's account has it. What came to nothing stays with the guest; undefined, too, when it belongs to
 * somebody else: to the account already, or to a stranger. What a customer is shown of it stays as it is.
 */
export function handedOver(
  order: OrderSnapshot,
  from: string,
  to: string,
  { at, traceId }: Stamp,
): OrderSnapshot | undefined {
  const { customerId, status, formerOwners = [] } = order;
  if (customerId !== from || from === to || isOff(status)) return undefined;
  return { ...order, customerId: to, formerOwners: [...formerOwners, { customerId: from, at, traceId }] };
}
