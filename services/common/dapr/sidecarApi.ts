import { type Client, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { Dapr } from "@dapr/dapr/proto/dapr/proto/runtime/v1/dapr_pb.js";
import { AppError } from "#common/errors";
import { tokenHeader } from "#common/http/appToken";
import { outgoingTraceparent } from "#common/tracing";

/** Dapr's API as its SDK describes it. */
export type DaprApi = Client<typeof Dapr>;

/**
 * A client of a sidecar's gRPC API. The description comes from Dapr's SDK, the client does not: the SDK's own knows
 * neither time limits nor traces, stores the text "5" as the number 5, and takes a lost connection for lost events.
 */
export function daprApi(grpcPort: number, apiToken: string, timeoutMs: number): DaprApi {
  const transport = createGrpcTransport({
    baseUrl: `http://127.0.0.1:${grpcPort}`,
    defaultTimeoutMs: timeoutMs,
    interceptors: [withHeaders(apiToken)],
  });
  return createClient(Dapr, transport);
}

/** Whatever the sidecar's error is, our callers hear that it could not do it; the cause is for our logs. */
export function unavailable(what: string): (cause: unknown) => never {
  return (cause) => {
    throw new AppError("unavailable", `The sidecar could not ${what}`, {}, { cause: ConnectError.from(cause) });
  };
}

function withHeaders(apiToken: string): Interceptor {
  return (next) => (request) => {
    request.header.set(tokenHeader, apiToken);
    request.header.set("traceparent", outgoingTraceparent());
    return next(request);
  };
}
