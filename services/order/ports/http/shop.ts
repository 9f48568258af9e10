import { Router } from "express";
import { onlyMethods } from "#common/http/problem";
import type { ShopCard } from "../../config.ts";

/** Who and where the shop is: for everybody, and for some minutes, as only a restart changes it. */
export function shopRoutes({ name, address, phone, hours }: ShopCard): Router {
  const router = Router();
  const body = { name, ...(address && { address }), ...(phone && { phone }), hours };
  router.get("/api/shop", (_request, response) => {
    response.set("Cache-Control", "public, max-age=300").json(body);
  });
  router.all("/api/shop", onlyMethods("GET", "HEAD"));
  return router;
}
