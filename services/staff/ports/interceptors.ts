import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { trace } from "@opentelemetry/api";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Tallies } from "../app/tallies.ts";
import { mayCall } from "./access.ts";
import { callerKey, callerOf } from "./caller.ts";

/** Names the span of the HTTP request after the call. */
export const spanOfCall: Interceptor = (next) => (request) => {
  trace.getActiveSpan()?.updateName(`${request.service.typeName}/${request.method.name}`);
  return next(request);
};

/**
 * Only our own page may act with the cookie: the browser itself says where a request comes from. What says nothing is
 * no browser of today, and has nothing to do here.
 */
export function sameOrigin(publicUrl: string): Interceptor {
  const own = new URL(publicUrl).origin;
  return (next) => (request) => {
    const [site, origin] = [request.header.get("sec-fetch-site"), request.header.get("origin")];
    if (site === null ? origin === own : site === "same-origin") return next(request);
    throw new AppError("forbidden", "Calls are taken from the staff's own page alone");
  };
}

/**
 * Lets each caller at what their roles are for, by the one table; a refusal is logged with who and what, and counted in
 * the audit.
 */
export function requireRole(logger: Logger, tallies: Pick<Tallies, "note">): Interceptor {
  return (next) => async (request) => {
    const { subject, name, roles, id } = callerOf({ values: request.contextValues });
    const call = request.method.name;
    if (mayCall(roles, request.method.localName)) return next(request);
    const refusal = `That takes another role: ${roles.join(", ")} may not do it`;
    logger.warn("refused by role", { call, subject, roles: roles.join(), session: id });
    await tallies.note({ subject, name, action: "role.refuse", refusal }, call);
    throw new AppError("forbidden", refusal);
  };
}

type Result = "done" | "refused" | "forbidden" | "failed";

const refusals = new Set([Code.InvalidArgument, Code.NotFound, Code.FailedPrecondition, Code.AlreadyExists]);

function resultOf(error: unknown): Result {
  const { code } = ConnectError.from(error);
  if (code === Code.PermissionDenied || code === Code.Unauthenticated) return "forbidden";
  return refusals.has(code) || code === Code.ResourceExhausted ? "refused" : "failed";
}

/** Counts what changes something, by how it ended, and logs who did it. It is around all the others. */
export function countedActs({ counter }: Pick<Metrics, "counter">, logger: Logger): Interceptor {
  const acts = counter("gorder_staff_acts_total", "What staff did, or was kept from", ["action", "result"]);
  return (next) => async (request) => {
    const { method, contextValues } = request;
    if (request.stream || method.idempotency === Level.NO_SIDE_EFFECTS) return next(request);
    const count = (result: Result) => {
      acts.inc({ action: method.name, result });
      const requestId = "requestId" in request.message ? String(request.message.requestId).slice(0, 36) : undefined;
      logger.info("act", { action: method.name, result, requestId, subject: contextValues.get(callerKey)?.subject });
    };
    try {
      const response = await next(request);
      count("done");
      return response;
    } catch (error) {
      count(resultOf(error));
      throw error;
    }
  };
}
