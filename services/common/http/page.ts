import express, { type RequestHandler, Router } from "express";
import { noSuchRoute } from "./problem.ts";
import { allowImages } from "./securityHeaders.ts";

/**
 * The built page: its files for ever under their hashed names, and one document for every address of the page, which
 * may show images of these origins.
 */
export function pageRoutes(webDir: string, imageOrigins: readonly string[] = []): Router {
  const router = Router();
  router.use("/assets", hashedFiles(`${webDir}/assets`));
  router.use(express.static(webDir, { index: false }));
  const images = allowImages(imageOrigins);
  router.get(["/", "/orders", "/orders/:orderId"], images, (_request, response) => {
    response.set("Cache-Control", "no-cache").sendFile("index.html", { root: webDir });
  });
  // A person who lost their way gets the page, which says so; a program gets a problem document.
  router.get("/*path", images, (request, response, next) => {
    if (request.path.startsWith("/api/") || request.accepts(["json", "html"]) !== "html") return next();
    response.status(404).set("Cache-Control", "no-cache").sendFile("index.html", { root: webDir });
  });
  return router;
}

/** Files that keep their names for ever. One that is not there, as an old page asks for after an update, is a 404. */
export function hashedFiles(dir: string): RequestHandler[] {
  return [express.static(dir, { immutable: true, maxAge: "1y", redirect: false }), noSuchRoute];
}
