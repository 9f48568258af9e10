import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { RequestHandler } from "express";
import helmet from "helmet";

/** Helmet's headers, and no form of ours may be sent elsewhere; plain HTTP stays plain, as it is behind a proxy. */
export const headersOfHelmet = helmet({ contentSecurityPolicy: policy() });

function policy(imagesFrom: readonly string[] = []) {
  const images = imagesFrom.length > 0 ? { "img-src": ["'self'", "data:", ...imagesFrom] } : {};
  return { directives: { "form-action": ["'self'"], "upgrade-insecure-requests": null, ...images } };
}

/** Lets a document show images of these origins too, such as "https://pictures.example". */
export function allowImages(origins: readonly string[]): RequestHandler {
  return helmet.contentSecurityPolicy(policy(origins));
}

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
