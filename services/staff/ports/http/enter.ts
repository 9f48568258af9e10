import { Router } from "express";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import { refusalPages } from "#common/signIn/words";
import type { Entrances } from "../../adapters/entrances.ts";
import { loginPath, type StaffCookie } from "./signIn.ts";

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** `/staff/enter?token=…`: one click into the staff's page, once, and only for who sits at this machine. */
export function enterRoutes(entrances: Entrances, cookie: StaffCookie, logger: Logger): Router {
  const router = Router();
  router.get("/staff/enter", async ({ socket, query, headers }, response) => {
    // A request through a proxy comes from another machine.
    if (!loopback.test(socket.remoteAddress ?? "") || headers.forwarded || headers["x-forwarded-for"])
      throw new AppError("forbidden", "This link works on the machine that Gorder runs on alone");
    const member = entrances.enter(typeof query.token === "string" ? query.token : "");
    if (!member) throw new AppError("unauthorized", "This link was used before: npm start prints new ones");
    await cookie.begin(response, member);
    logger.info("signed in", { subject: member.subject, roles: member.roles.join() });
    response.set({ "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" }).redirect(303, "/staff/");
  });
  return router.use(refusalPages(logger, loginPath));
}
