import express, { Router } from "express";
import { hashedFiles } from "#common/http/page";

/** The staff's page as it was built: its files for ever under their hashed names, and one document for all its addresses. */
export function staffPage(webDir: string): Router {
  const router = Router();
  router.use("/staff/assets", hashedFiles(`${webDir}/assets`));
  router.get("/staff", (request, response, next) =>
    request.path.endsWith("/") ? next() : response.redirect(308, "/staff/"),
  );
  router.use("/staff", express.static(webDir, { index: false }));
  router.get("/staff/{*path}", (request, response, next) => {
    if (request.path.startsWith("/staff/api/") || request.accepts(["json", "html"]) !== "html") return next();
    response.set("Cache-Control", "no-cache").sendFile("index.html", { root: webDir });
  });
  return router;
}
