import express, { Router } from "express";

/** The staff's page as it was built: its files for ever under their hashed names, and one document for all its addresses. */
export function staffPage(webDir: string): Router {
  const router = Router();
  router.use(
    "/staff/assets",
    express.static(`${webDir}/assets`, { immutable: true, maxAge: "1y", fallthrough: false }),
  );
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
