import type { Filter } from "mongodb";
import { isWholeName, nameStart } from "../domain/guestName.ts";
import type { OrderFilter } from "../domain/orderRecords.ts";
import type { OrderDocument } from "./orderDocument.ts";

/** Behind everything that begins alike. */
const end = "\u{10ffff}";

/** What a filter is to MongoDB, by what every order has that any version wrote. */
export function found({ number, ...others }: OrderFilter): Filter<OrderDocument> {
  const { customerId, guestName, statuses, productId, from, until, least, most, refundedFrom } = others;
  const placedAt = { ...(from && { $gte: from }), ...(until && { $lt: until }) };
  const amount = { ...(least !== undefined && { $gte: least }), ...(most !== undefined && { $lte: most }) };
  return {
    ...(number !== undefined && { number }),
    ...(customerId !== undefined && { customerId }),
    ...(guestName !== undefined && {
      guestNameKey: isWholeName(guestName) ? guestName : { $gte: guestName, $lt: guestName + end },
    }),
    ...(statuses !== undefined && { status: { $in: statuses } }),
    ...(productId !== undefined && { "lines.productId": productId }),
    ...((from || until) && { placedAt }),
    ...((least !== undefined || most !== undefined) && { "total.amount": amount }),
    ...(refundedFrom !== undefined && { refundedAt: { $gte: refundedFrom } }),
  };
}

/** The same by the indexes of what this version writes beside. */
export function foundByIndex(filter: OrderFilter): Filter<OrderDocument> {
  const { guestName } = filter;
  return { ...found(filter), ...(guestName !== undefined && { guestNameStart: nameStart(guestName) }) };
}

/**
 * The same among the orders that have no number, as nobody has written them since there are numbers: found by the end of
 * their ids.
 */
export function withoutNumber({ number: _, ...others }: OrderFilter, number: string): Filter<OrderDocument> {
  const last = number.toLowerCase().replace(/[^0-9a-z]/g, "");
  return { $and: [found(others), { number: null as never }, { _id: { $regex: `${last}$` } }] };
}
