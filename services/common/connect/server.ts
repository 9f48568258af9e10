import { Code, ConnectError, type ConnectRouterOptions, type Interceptor } from "@connectrpc/connect";
import { tokenCheck, tokenHeader } from "#common/http/appToken";
import type { Logger } from "#common/logging";
import { serverErrors } from "./errors.ts";

/** The largest request that is read, in bytes. */
const readMaxBytes = 1024 * 1024;

/** Our limits and interceptors for Connect services: the app token first, then errors in our words. */
export function serverOptions(options: { logger: Logger; appToken: string }): ConnectRouterOptions {
  return {
    readMaxBytes,
    writeMaxBytes: 4 * readMaxBytes,
    maxTimeoutMs: 30_000,
    interceptors: [requireToken(options.appToken), serverErrors(options.logger)],
  };
}

/** gRPC's own services (health, reflection) tell nothing that a prober may not know. */
function requireToken(expected: string): Interceptor {
  const matches = tokenCheck(expected);
  return (next) => (request) => {
    if (!request.service.typeName.startsWith("grpc.") && !matches(request.header.get(tokenHeader))) {
      throw new ConnectError("the app API token is missing or wrong", Code.Unauthenticated);
    }
    return next(request);
  };
}
