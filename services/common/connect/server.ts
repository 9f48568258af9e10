import { Code, ConnectError, type ConnectRouterOptions, type Interceptor } from "@connectrpc/connect";
import { trace } from "@opentelemetry/api";
import { forCaller } from "#common/caller";
import { rpcAttributes } from "#common/conventions";
import { Health } from "#common/genproto/grpc/health/v1/health_pb";
import { tokenCheck, tokenHeader } from "#common/http/appToken";
import type { Logger } from "#common/logging";
import { contextFrom, inSpan } from "#common/tracing";
import { serverErrors } from "./errors.ts";

/** The largest request that is read, in bytes. */
const readMaxBytes = 1024 * 1024;

/** Our limits and interceptors for Connect services: the app token first, then errors in our words. */
export function serverOptions(options: { logger: Logger; appToken: string }): ConnectRouterOptions {
  return {
    readMaxBytes,
    writeMaxBytes: 4 * readMaxBytes,
    maxTimeoutMs: 30_000,
    interceptors: [serverSpan, requireToken(options.appToken), serverErrors(options.logger), untilCallerLeaves],
  };
}

/** Names the span of the HTTP request after the call; a plain gRPC call has none yet, and gets its own. */
const serverSpan: Interceptor = (next) => async (request) => {
  const { service, method } = request;
  const name = `${service.typeName}/${method.name}`;
  const current = trace.getActiveSpan();
  if (current?.isRecording()) {
    current.updateName(name).setAttributes(rpcAttributes("connect_rpc", service.typeName, method.name));
  }
  if (current || isGrpcs(service)) return next(request);
  const parent = contextFrom(request.header.get("traceparent") ?? undefined);
  const attributes = () => rpcAttributes("grpc", service.typeName, method.name);
  return inSpan(name, { kind: "SERVER", parent, attributes }, () => next(request));
};

/** Who has hung up, or whose time is over, is served no further. */
const untilCallerLeaves: Interceptor = (next) => (request) => forCaller(request.signal, () => next(request));

function isGrpcs({ typeName }: { typeName: string }): boolean {
  return typeName.startsWith("grpc.");
}

/** Whether we serve is told to anybody: probes show no token. */
function requireToken(expected: string): Interceptor {
  const matches = tokenCheck(expected);
  return (next) => (request) => {
    if (request.service.typeName !== Health.typeName && !matches(request.header.get(tokenHeader))) {
      throw new ConnectError("the app API token is missing or wrong", Code.Unauthenticated);
    }
    return next(request);
  };
}
