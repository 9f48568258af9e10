import { Agent } from "node:http";
import type { Interceptor, Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { callerIn } from "#common/caller";
import { rpcAttributes } from "#common/conventions";
import { tokenHeader } from "#common/http/appToken";
import { currentTraceparent, inSpan } from "#common/tracing";
import { withDomainErrors } from "./errors.ts";

/** The largest answer that is read from another service, in bytes. */
const readMaxBytes = 4 * 1024 * 1024;

/** How another service is reached. */
export type RemoteOptions = {
  appId: string;
  daprHttpPort: number;
  /** The token that the sidecar's API demands. */
  daprApiToken: string;
  /** Set to call the service itself, past both sidecars; then the token is the callee's app API token. */
  directUrl?: string | undefined;
  appApiToken: string;
  timeoutMs?: number;
  /** What else is around each call, innermost. */
  interceptors?: readonly Interceptor[];
};

/**
 * A Connect transport to another service through the own sidecar's service invocation. Calls end after `timeoutMs`
 * (default 1,800, so that the caller hears of it within two seconds): there is no retry here, since a
 * sidecar's may run a write twice.
 */
export function remoteTransport(options: RemoteOptions): Transport {
  const { appId, daprHttpPort, directUrl, timeoutMs = 1_800, interceptors = [] } = options;
  const transport = createConnectTransport({
    baseUrl: directUrl ?? `http://127.0.0.1:${daprHttpPort}/v1.0/invoke/${appId}/method`,
    httpVersion: "1.1",
    nodeOptions: { agent: new Agent({ keepAlive: true, maxSockets: 128 }) },
    useBinaryFormat: true,
    // The way to the sidecar is loopback: an answer would be packed and unpacked for nothing.
    acceptCompression: [],
    readMaxBytes,
    defaultTimeoutMs: timeoutMs,
    interceptors: [clientSpan, withToken(directUrl ? options.appApiToken : options.daprApiToken), ...interceptors],
  });
  return withDomainErrors(untilCallerLeaves(transport));
}

/** A call that somebody waits for ends when they have gone, as theirs did. */
function untilCallerLeaves(transport: Transport): Transport {
  return {
    unary: (method, signal, ...call) => transport.unary(method, signal ?? callerIn(), ...call),
    stream: (method, ...call) => transport.stream(method, ...call),
  };
}

/** Wraps each call in a client span and passes its trace on. */
export const clientSpan: Interceptor = (next) => (request) =>
  inSpan(`${request.service.typeName}/${request.method.name}`, { kind: "CLIENT", attributes: callOf(request) }, () => {
    request.header.set("traceparent", currentTraceparent());
    return next(request);
  });

/** The call as traces name it; asked only for one that is kept. */
function callOf({ service, method }: { service: { typeName: string }; method: { name: string } }) {
  return () => rpcAttributes("connect_rpc", service.typeName, method.name);
}

function withToken(token: string): Interceptor {
  return (next) => (request) => {
    request.header.set(tokenHeader, token);
    return next(request);
  };
}
