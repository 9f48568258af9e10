import {
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from "mongodb";
import { AppError } from "#common/errors";
import type { OrderRepository } from "../domain/orderRepository.ts";

/** No primary (10107, 13435, 13436, 189), going down (91, 11600, 11602), or out of time (50, 262). */
const unavailable = new Set<unknown>([10107, 13435, 13436, 189, 91, 11600, 11602, 50, 262]);

/** Errors of a socket that the driver lets through as they are, when a write meets a connection that just ended. */
const ended = ["EPIPE", "ECONNRESET"];

/** A server that is away or has no connection free in time, and a client that is being connected anew. */
const kinds = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoNotConnectedError,
  MongoClientClosedError,
  MongoServerClosedError,
  MongoTopologyClosedError,
];

/** The repository, whose calls end in AppErrors "unavailable" where MongoDB does not answer: whoever asked may ask again. */
export function withDomainErrors(orders: OrderRepository): OrderRepository {
  return {
    add: (order) => answered(orders.add(order)),
    get: (id) => answered(orders.get(id)),
    list: (customerId, page) => answered(orders.list(customerId, page)),
    countOpen: (customerId, most) => answered(orders.countOpen(customerId, most)),
    countPending: (most) => answered(orders.countPending(most)),
    update: (id, change) => answered(orders.update(id, change)),
    claimDue: (now, limit) => answered(orders.claimDue(now, limit)),
    claimResting: (now, limit) => answered(orders.claimResting(now, limit)),
    cookable: (now, limit) => answered(orders.cookable(now, limit)),
    claimedBy: (kitchenId) => answered(orders.claimedBy(kitchenId)),
    outboxDepth: () => answered(orders.outboxDepth()),
    count: (status) => answered(orders.count(status)),
    search: (filter, page) => answered(orders.search(filter, page)),
    inStatus: (status, most) => answered(orders.inStatus(status, most)),
    finished: (since, most) => answered(orders.finished(since, most)),
    refuse: (act) => answered(orders.refuse(act)),
    refusal: (requestId) => answered(orders.refusal(requestId)),
    acts: (filter, page) => answered(orders.acts(filter, page)),
    stuckOrders: (most) => answered(orders.stuckOrders(most)),
    faulty: (most) => answered(orders.faulty(most)),
    stuck: () => answered(orders.stuck()),
    countOverdue: (before) => answered(orders.countOverdue(before)),
  };
}

async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    if (!isUnavailable(cause)) throw cause;
    throw new AppError("unavailable", "The order database does not answer", {}, { cause });
  }
}

/** Errors of the connection; a failed batch carries the reason that it failed for. */
function isUnavailable(error: unknown): boolean {
  if (error instanceof MongoServerError && error.errorResponse instanceof Error)
    return isUnavailable(error.errorResponse);
  if (error instanceof MongoServerError) return unavailable.has(error.code);
  if (error instanceof Error && "code" in error && ended.includes(String(error.code))) return true;
  return isLateForConnection(error) || kinds.some((kind) => error instanceof kind);
}

/** No connection was free in time. The driver does not export its class. */
function isLateForConnection(error: unknown): boolean {
  return error instanceof Error && error.name === "MongoWaitQueueTimeoutError";
}
