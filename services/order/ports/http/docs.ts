import { createRequire } from "node:module";
import { dirname } from "node:path";
import express, { Router } from "express";
import { problemPages } from "#common/http/problemPages";
import { openApi } from "./openapi.ts";

/** Found without being imported: as a module it would load the whole page's script into this process. */
const assets = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gorder API</title>
<link rel="icon" href="/docs/assets/favicon-32x32.png"><link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>`;
const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#ui", deepLinking: true });`;

/** The API's description for programs, a page for people to read and try it, and one for each problem that it answers with. */
export function docsRoutes(): Router {
  const router = Router();
  router.use(problemPages());
  router.get("/openapi.json", (_request, response) => void response.json(openApi));
  router.get("/docs", (_request, response) => void response.type("html").send(page));
  router.get("/docs/start.js", (_request, response) => void response.type("js").send(start));
  router.use("/docs/assets", express.static(assets, { index: false, maxAge: "1d" }));
  return router;
}
