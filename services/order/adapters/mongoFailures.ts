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
import type { InTime } from "./orderBatches.ts";

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

/** The same, whose calls end in AppErrors "unavailable" where MongoDB does not answer: whoever asked may ask again. */
export function withDomainErrors(inTime: InTime): InTime {
  return async (call, what) => {
    try {
      return await inTime(call, what);
    } catch (cause) {
      if (!isUnavailable(cause)) throw cause;
      throw new AppError("unavailable", "The order database does not answer", {}, { cause });
    }
  };
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
