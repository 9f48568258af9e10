import type { DescMessage, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { Dapr } from "@dapr/dapr/proto/dapr/proto/runtime/v1/dapr_pb.js";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { type GrpcMethod, grpcCall } from "#common/connect/grpcCall";
import { AppError } from "#common/errors";
import { tokenHeader } from "#common/http/appToken";
import { outgoingTraceparent } from "#common/tracing";

/** A sidecar that was away is called again within a second of its return, not after gRPC's usual minutes. */
const channelOptions = { "grpc.initial_reconnect_backoff_ms": 100, "grpc.max_reconnect_backoff_ms": 1_000 };

/** What we use of Dapr's API, as its SDK describes it. */
export type DaprApi = ReturnType<typeof daprApi>;

/**
 * A client of a sidecar's gRPC API. The description comes from Dapr's SDK, the client does not: the SDK's own knows
 * neither time limits nor traces, stores the text "5" as the number 5, and takes a lost connection for lost events.
 */
export function daprApi(grpcPort: number, apiToken: string, timeoutMs: number) {
  const client = new Client(`127.0.0.1:${grpcPort}`, credentials.createInsecure(), channelOptions);

  function unary<I extends DescMessage, O extends DescMessage>(method: GrpcMethod<I, O>) {
    return (request: MessageInitShape<I>): Promise<MessageShape<O>> => {
      const metadata = new Metadata();
      metadata.set(tokenHeader, apiToken);
      metadata.set("traceparent", outgoingTraceparent());
      return grpcCall(client, method, request, metadata, timeoutMs);
    };
  }

  return {
    getState: unary(Dapr.method.getState),
    getBulkState: unary(Dapr.method.getBulkState),
    saveState: unary(Dapr.method.saveState),
    tryLockAlpha1: unary(Dapr.method.tryLockAlpha1),
    unlockAlpha1: unary(Dapr.method.unlockAlpha1),
    bulkPublishEventAlpha1: unary(Dapr.method.bulkPublishEventAlpha1),
  };
}

/** Callers hear that the sidecar could not do it; its own error is for our logs. */
export function unavailable(what: string): (cause: unknown) => never {
  return (cause) => {
    throw new AppError("unavailable", `The sidecar could not ${what}`, {}, { cause });
  };
}
