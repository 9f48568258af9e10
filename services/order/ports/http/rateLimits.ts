import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import { AppError } from "#common/errors";
import { callerAddress } from "#common/http/callerAddress";
import { nameRefusal } from "#common/http/measured";

/** How often, within any minute, one replica lets things be done. */
export type RateLimits = {
  ordersPerMinute: number;
  ordersPerMinutePerAddress: number;
  sessionsPerMinutePerAddress: number;
  readsPerMinute: number;
  readsPerMinutePerAddress: number;
};

/** No limits at all: for whoever runs all of it for themselves. */
export const unlimited: RateLimits = {
  ordersPerMinute: Number.MAX_SAFE_INTEGER,
  ordersPerMinutePerAddress: Number.MAX_SAFE_INTEGER,
  sessionsPerMinutePerAddress: Number.MAX_SAFE_INTEGER,
  readsPerMinute: Number.MAX_SAFE_INTEGER,
  readsPerMinutePerAddress: Number.MAX_SAFE_INTEGER,
};

/**
 * The gates before what costs most. They count in the process: a count in Redis would cost each order a call through
 * the sidecar and stop orders when Redis does, only to tell n replicas' worth of orders from one's. What is really
 * scarce, the food that unpaid orders hold, is counted in the store (see `withinOpenOrders`).
 *
 * An address is the caller's, or what TRUSTED_PROXIES proxies say it is.
 */
export function rateLimits(limits: RateLimits) {
  return {
    orders: perMinute("orders_of_customer", limits.ordersPerMinute, customerIn),
    ordersOfAddress: perMinute("orders_of_address", limits.ordersPerMinutePerAddress),
    sessionsOfAddress: perMinute("sessions_of_address", limits.sessionsPerMinutePerAddress),
    reads: perMinute("reads_of_customer", limits.readsPerMinute, customerIn),
    readsOfAddress: perMinute("reads_of_address", limits.readsPerMinutePerAddress),
  };
}

const customerIn = ({ params }: Parameters<RequestHandler>[0]) => String(params.customerId);

function perMinute(
  reason: string,
  limit: number,
  keyGenerator: (request: Parameters<RequestHandler>[0]) => string = callerAddress,
): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    keyGenerator,
    // Whose word on addresses counts is settled with TRUSTED_PROXIES; the library would guess and print.
    validate: { xForwardedForHeader: false },
    handler: (_request, response, next) => {
      nameRefusal(response, reason);
      next(new AppError("too_many", `No more than ${limit} of these a minute. Wait as long as Retry-After says.`));
    },
  });
}
