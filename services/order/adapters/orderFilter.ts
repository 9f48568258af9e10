import type { Filter } from "mongodb";
import type { OrderFilter } from "../domain/orderRecords.ts";
import type { OrderDocument } from "./orderDocument.ts";

/** What a filter is to MongoDB. */
export function found({ number, ...others }: OrderFilter): Filter<OrderDocument> {
  const { customerId, guestNameKey, statuses, productId, from, until, least, most, refundedFrom } = others;
  const placedAt = { ...(from && { $gte: from }), ...(until && { $lt: until }) };
  const amount = { ...(least !== undefined && { $gte: least }), ...(most !== undefined && { $lte: most }) };
  return {
    ...(number !== undefined && { number }),
    ...(customerId !== undefined && { customerId }),
    ...(guestNameKey !== undefined && { guestNameKey }),
    ...(statuses !== undefined && { status: { $in: statuses } }),
    ...(productId !== undefined && { "lines.productId": productId }),
    ...((from || until) && { placedAt }),
    ...((least !== undefined || most !== undefined) && { "total.amount": amount }),
    ...(refundedFrom !== undefined && { refundedAt: { $gte: refundedFrom } }),
  };
}

/**
 * The same among the orders that have no number, as nobody has written them since there are numbers: found by the end of
 * their ids. The index of numbers knows which those are, and they become ever fewer.
 */
export function withoutNumber({ number: _, ...others }: OrderFilter, number: string): Filter<OrderDocument> {
  const end = number.toLowerCase().replace(/[^0-9a-z]/g, "");
  return { $and: [found(others), { number: null as never }, { _id: { $regex: `${end}$` } }] };
}
