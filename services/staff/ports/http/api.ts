import { createContextValues, type ServiceImpl } from "@connectrpc/connect";
import { expressConnectMiddleware } from "@connectrpc/connect-express";
import { type Request, type RequestHandler, Router } from "express";
import { serverErrors } from "#common/connect/errors";
import { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Tallies } from "../../app/tallies.ts";
import type { Session } from "../../domain/member.ts";
import { callerKey } from "../caller.ts";
import { countedActs, requireRole, sameOrigin, spanOfCall } from "../interceptors.ts";
import type { StaffCookie } from "./signIn.ts";

/** Where the API is. */
const prefix = "/staff/api";

/** The largest request that is read, in bytes. */
const readMaxBytes = 64 * 1024;

/**
 * JSON alone, which is what the page sends: bytes that are no protobuf would be answered as a fault of ours, whoever
 * sent them.
 */
const jsonAlone: RequestHandler = (request, response, next) => {
  if (request.is(["application/json", "application/connect+json"])) return next();
  response.status(415).set("Accept-Post", "application/json, application/connect+json").end();
};

/** What is around every call. */
export type ApiOptions = {
  cookie: StaffCookie;
  tallies: Pick<Tallies, "note">;
  publicUrl: string;
  logger: Logger;
  metrics: Metrics;
};

/**
 * The Connect API for the staff's page: POST only, with Connect's own header, which no form of another site can send.
 * The caller is who the session cookie says; no other token is looked at.
 */
export function apiRoutes(service: ServiceImpl<typeof StaffService>, options: ApiOptions): Router {
  const { cookie, tallies, publicUrl, logger, metrics } = options;
  const callers = new WeakMap<Request, Session>();
  const identify =
    (method: string): RequestHandler =>
    async (request, response, next) => {
      const session = await cookie.of(request, response, method === StaffService.method.getMe.name);
      if (session) callers.set(request, session);
      response.set("Cache-Control", "no-store");
      next();
    };
  const connect = expressConnectMiddleware({
    routes: (router) => void router.service(StaffService, service),
    requestPathPrefix: prefix,
    requireConnectProtocolHeader: true,
    grpc: false,
    grpcWeb: false,
    readMaxBytes,
    contextValues: (request) => createContextValues().set(callerKey, callers.get(request)),
    interceptors: [
      spanOfCall,
      countedActs(metrics, logger),
      serverErrors(logger),
      sameOrigin(publicUrl),
      requireRole(logger, tallies),
    ],
  });
  const router = Router();
  // A route for each RPC: its path is the label under which its requests are counted.
  for (const { name } of StaffService.methods)
    router.post(`${prefix}/${StaffService.typeName}/${name}`, jsonAlone, identify(name), connect);
  return router;
}
