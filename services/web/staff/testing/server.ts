import { expressConnectMiddleware } from "@connectrpc/connect-express";
import express from "express";
import { createHttpApp } from "#common/http/app";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { fakeRoutes, guards } from "./service.ts";
import type { FakeState } from "./state.ts";

/** The built page in `webDir` with a staff service that is played, under the headers that the real one sends. */
export function serveFakeStaff(webDir: string, state: FakeState, port = 0) {
  const app = createHttpApp("staff", silentLogger, (routes) => {
    routes.use("/staff/api", expressConnectMiddleware({ routes: fakeRoutes(state), interceptors: [guards(state)] }));
    routes.get("/staff/login", (request, response) => {
      state.signedIn = true;
      const to = String(request.query.return_to ?? "");
      response.redirect(/^\/staff(\/|$)/.test(to) ? to : "/staff/");
    });
    routes.get("/staff/logout", (_, response) => {
      state.signedIn = false;
      response.redirect("/staff/");
    });
    routes.get("/staff/takings.csv", (_, response) => {
      response.attachment("takings.csv").type("text/csv").send("kind,hour or dish\r\n");
    });
    routes.use("/staff", express.static(webDir, { index: false, redirect: false }));
    routes.get(["/staff", "/staff/*path"], (_, response) => void response.sendFile("index.html", { root: webDir }));
  });
  return listen(app, "127.0.0.1", port);
}
