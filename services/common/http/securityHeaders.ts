import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { RequestHandler } from "express";
import helmet from "helmet";

/** Helmet's headers, and no form of ours may be sent elsewhere; plain HTTP stays plain, as it is behind a proxy. */
export const headersOfHelmet = helmet({
  contentSecurityPolicy: { directives: { "form-action": ["'self'"], "upgrade-insecure-requests": null } },
});

/** Sets the headers that helmet sets. None depends on the request, so helmet is asked once and not with every request. */
export function securityHeaders(): RequestHandler {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  headersOfHelmet(answer.req, answer, (error) => {
    if (error) throw error;
  });
  const headers = new Map(Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)]));
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}
