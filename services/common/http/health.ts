import type { Registry } from "@prometheus-io/client";
import { type RequestHandler, Router } from "express";
import type { Logger } from "#common/logging";
import { reasonOf } from "#common/namedServer";

/** Asks one thing that the service cannot work without; rejects when it does not answer. */
export type ReadinessCheck = () => Promise<unknown>;

const limitMs = 2_000;

/**
 * `/healthz` (the process answers), `/readyz` (each named check passed within 2 s) and `/metrics` for Prometheus.
 * Why a check failed is for the log alone, which tells it once.
 */
export function healthRoutes(checks: Record<string, ReadinessCheck>, registry: Registry, logger: Logger): Router {
  const router = Router().use(alive());
  router.get("/readyz", readiness(checks, logger));
  router.get("/metrics", async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

/** `/healthz` alone: the process answers. */
export function alive(): Router {
  return Router().get("/healthz", (_request, response) => void response.json({ status: "ok" }));
}

function readiness(checks: Record<string, ReadinessCheck>, logger: Logger): RequestHandler {
  let told = "";
  const tell = (failures: readonly (readonly [string, string])[]) => {
    const names = failures.map(([name]) => name).join();
    if (names === told) return;
    told = names;
    if (names === "") logger.info("ready");
    else logger.warn("not ready", Object.fromEntries(failures));
  };
  return async (_request, response) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await failure(check)] as const),
    );
    const failures = results.flatMap(([name, reason]) => (reason === undefined ? [] : [[name, reason] as const]));
    tell(failures);
    const words = results.map(([name, reason]) => [name, reason === undefined ? "ok" : "does not answer"]);
    const ready = failures.length === 0;
    response.status(ready ? 200 : 503).json({ status: ready ? "ok" : "not ready", checks: Object.fromEntries(words) });
  };
}

/** Whether the check passes within 2 s. */
export async function passes(check: ReadinessCheck): Promise<boolean> {
  return (await failure(check)) === undefined;
}

async function failure(check: ReadinessCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${limitMs / 1000} s`), limitMs);
  });
  const passed = Promise.resolve()
    .then(check)
    .then(
      () => undefined,
      (error: unknown) => reasonOf(error),
    );
  return Promise.race([passed, late]).finally(() => clearTimeout(timer));
}
