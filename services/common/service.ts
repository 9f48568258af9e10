import type { Http2ServerRequest, Http2ServerResponse, ServerHttp2Stream } from "node:http2";
import { type ConnectRouter, createConnectRouter } from "@connectrpc/connect";
import { expressConnectMiddleware } from "@connectrpc/connect-express";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { type Express, type RequestHandler, Router } from "express";
import { grpcServices } from "#common/connect/grpcServices";
import { serverOptions } from "#common/connect/server";
import { eventRoutes, type Subscription } from "#common/events";
import { Health } from "#common/genproto/grpc/health/v1/health_pb";
import { createHttpApp } from "#common/http/app";
import { requireAppToken, tokenCheck, tokenHeader } from "#common/http/appToken";
import { atMost, batchBody, bodyLimit } from "#common/http/body";
import { alive, healthRoutes, type ReadinessCheck } from "#common/http/health";
import { listenGrpc } from "#common/http/listenGrpc";
import { measured } from "#common/http/measured";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";

/** A built service: everything it answers to, not listening yet. */
export type Service = {
  name: string;
  /** Its Connect services, for other services only. */
  rpc?: (router: ConnectRouter) => void;
  /** What it consumes. */
  subscriptions?: readonly Subscription[];
  /** Its public routes, for a listener of their own. */
  http?: Router;
  /** How many proxies before it are believed about the caller's address; default 0. */
  trustedProxies?: number;
  /** What it cannot work without. */
  checks: Record<string, ReadinessCheck>;
  metrics: Metrics;
  /** Ends what would never end by itself, such as event streams. */
  drain?(): void;
  /** Finishes what was accepted and lets go of what it holds. */
  close(): Promise<void>;
};

/** What the listeners of a service need beside the service. */
export type ServiceOptions = { logger: Logger; appToken: string };

/**
 * What the own sidecar calls, over HTTP/1.1: events and Connect (and gRPC-Web) behind the app token, health and numbers.
 * It has a listener of its own, so that guests who fill theirs keep no event waiting, nor events a guest.
 */
export function sidecarApp(service: Service, { logger, appToken }: ServiceOptions): Express {
  const addRoutes = (app: Express) => {
    const paths = service.rpc ? pathsOf(service.rpc) : [];
    app.use(measured(service.metrics, paths));
    app.use(healthRoutes(service.checks, service.metrics.registry, logger));
    app.use("/events", requireAppToken(appToken));
    app.use(eventRoutes(service.subscriptions ?? [], batchBody));
    if (service.rpc) app.use(rpcRoutes(service.rpc, new Set(paths), { logger, appToken }));
  };
  const matches = tokenCheck(appToken);
  return createHttpApp(service.name, logger, addRoutes, (request) => matches(request.get(tokenHeader)));
}

/** What browsers and the payment provider call: the service's public routes, and that the process answers. */
export function publicApp(service: Service, logger: Logger): Express {
  return createHttpApp(service.name, logger, (app) => {
    app.set("trust proxy", service.trustedProxies ?? 0);
    app.use(measured(service.metrics));
    app.use(alive());
    if (service.http) app.use(atMost(bodyLimit), service.http);
  });
}

/**
 * Probes and numbers alone, for a listener of their own: where guests fill the queue of connections before the other
 * one, a service that works still says so.
 */
export function healthApp({ name, checks, metrics }: Service, logger: Logger): Express {
  return createHttpApp(name, logger, (app) => void app.use(healthRoutes(checks, metrics.registry, logger)));
}

/** Says so in gRPC's words, which are one frame: clients take a status for an answer only with the end of the stream. */
function refuse(stream: ServerHttp2Stream): void {
  const why = { "grpc-status": "16", "grpc-message": "the app API token is missing or wrong" };
  stream.respond({ ":status": 200, "content-type": "application/grpc", ...why }, { endStream: true });
  // What is still being sent is for nobody.
  stream.resume();
}

type GrpcHandler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

function pathsOf(routes: (router: ConnectRouter) => void): string[] {
  const router = createConnectRouter();
  routes(router);
  return router.handlers.map(({ requestPath }) => requestPath);
}

/** Connect, for its own paths alone: a guest's request is not held against each of them. */
function rpcRoutes(
  routes: (router: ConnectRouter) => void,
  paths: ReadonlySet<string>,
  options: ServiceOptions,
): RequestHandler {
  // Connect's own check comes after a request was read, and who shows no token has nothing to be read.
  const token = requireAppToken(options.appToken);
  const calls = Router().use(token, expressConnectMiddleware({ ...serverOptions(options), routes }));
  return (request, response, next) => (paths.has(request.path) ? calls(request, response, next) : next());
}

/**
 * Listens for plain gRPC clients. Who shows no token may ask whether we serve, as probes do, and no more often than they do.
 */
export function listenForCallers(service: Service, options: ServiceOptions, host: string, port: number) {
  const matches = tokenCheck(options.appToken);
  const isKnown = (headers: Http2ServerRequest["headers"]) => matches(headers[tokenHeader]?.toString());
  return listenGrpc(grpcHandler(service, options), host, port, { isKnown });
}

/**
 * The HTTP/2 side: the same Connect services for plain gRPC clients, with gRPC's health and reflection. Who shows no
 * token is refused before anything is read or traced, but for the question whether we serve.
 */
export function grpcHandler(service: Service, options: ServiceOptions): GrpcHandler {
  const matches = tokenCheck(options.appToken);
  const calls: GrpcHandler = connectNodeAdapter({
    ...serverOptions(options),
    routes: (router) => {
      service.rpc?.(router);
      grpcServices(router, service.checks);
    },
  });
  return (request, response) => {
    const { url, headers } = request;
    if (url.startsWith(`/${Health.typeName}/`) || matches(headers[tokenHeader]?.toString()))
      return calls(request, response);
    refuse(request.stream);
  };
}
