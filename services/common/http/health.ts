import { type RequestHandler, Router } from "express";
import type { Registry } from "prom-client";

/** Asks one thing that the service cannot work without; rejects when it does not answer. */
export type ReadinessCheck = () => Promise<unknown>;

const limitMs = 2_000;

/**
 * `/healthz` (the process answers), `/readyz` (each named check passed within 2 s) and `/metrics` for Prometheus.
 */
export function healthRoutes(checks: Record<string, ReadinessCheck>, registry: Registry): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  router.get("/readyz", readiness(checks));
  router.get("/metrics", async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

function readiness(checks: Record<string, ReadinessCheck>): RequestHandler {
  return async (_request, response) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await passes(check)] as const),
    );
    const ready = results.every(([, passed]) => passed);
    const words = results.map(([name, passed]) => [name, passed ? "ok" : "does not answer"]);
    response.status(ready ? 200 : 503).json({ status: ready ? "ok" : "not ready", checks: Object.fromEntries(words) });
  };
}

/** Whether the check passes within 2 s. */
export async function passes(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const passed = Promise.resolve()
    .then(check)
    .then(
      () => true,
      () => false,
    );
  return Promise.race([passed, late]).finally(() => clearTimeout(timer));
}
