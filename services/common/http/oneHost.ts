import type { RequestHandler } from "express";

const ownNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Leads a browser that comes by another name of this machine to the one that links, sign-ins and payments come back to:
 * each name has cookies of its own, and there the guest would be another. Anywhere else it does nothing: under a public
 * name the names before us are the way in's to choose.
 * @param publicUrl where browsers find us: an origin.
 */
export function oneHost(publicUrl: string): RequestHandler {
  const { hostname, port } = new URL(publicUrl);
  const near = ownNames.includes(hostname) ? ownNames.filter((name) => name !== hostname) : [];
  // With its port, which whoever stands in front of us has already: nobody is sent round in circles.
  const others = near.map((name) => (port === "" ? name : `${name}:${port}`));
  return ({ method, headers, originalUrl }, response, next) => {
    const isVisit = method === "GET" && headers.accept?.includes("text/html") && originalUrl.startsWith("/");
    if (!isVisit || !others.includes(headers.host ?? "")) return next();
    response.set("Cache-Control", "no-store").redirect(307, `${publicUrl}${originalUrl}`);
  };
}
