import { setTimeout as wait } from "node:timers/promises";
import type { Transport } from "@connectrpc/connect";
import { type ServiceEnv, tracesTo } from "#common/config";
import { remoteTransport } from "#common/connect/client";
import { type Registered, register } from "#common/consul";
import { consulToken } from "#common/consulToken";
import { endWithoutSidecar } from "#common/dapr/admitted";
import { restartWithoutResolver } from "#common/dapr/resolver";
import type { Sidecar } from "#common/dapr/sidecar";
import { tokenHeader } from "#common/http/appToken";
import { listen } from "#common/http/listen";
import { createLogger, type Logger } from "#common/logging";
import { createMetrics, type Metrics } from "#common/metrics";
import { endOnCrash, endOnSignal, settingsOrEnd, startOrEnd } from "#common/process";
import { healthApp, listenForCallers, publicApp, type Service, sidecarApp } from "#common/service";
import { startTracing } from "#common/startTracing";

/** What every service is built with. */
export type Base = {
  logger: Logger;
  metrics: Metrics;
  /** Connects to the own sidecar. What describes its API is loaded only then: it takes some 7 MB. */
  sidecar: () => Promise<Sidecar>;
  /** A transport to another service: through the sidecars, or to `directUrl` past them. */
  remote(appId: string, directUrl?: string): Transport;
};

/** How long a service goes on serving after it left Consul: others may still hold its address. */
const drainMs = 3_000;

/**
 * Runs one service as a process of its own: builds it, listens, registers, and on SIGTERM leaves in the order that
 * loses nothing (deregister, go on serving, finish what was accepted, let go). Settings that are wrong end the
 * process with status 78 and their names.
 */
export async function serve<E extends ServiceEnv & { PORT?: number; GRPC_PORT?: number | undefined }>(
  appId: string,
  readEnv: () => E,
  build: (env: E, base: Base) => Promise<Service>,
): Promise<void> {
  const env = settingsOrEnd(appId, readEnv);
  const logger = createLogger(appId, { json: env.NODE_ENV === "production", level: env.LOG_LEVEL });
  endOnCrash(logger);
  const stopTracing = startTracing({ service: appId, ...tracesTo(env), sampleRatio: env.TRACE_SAMPLE_RATIO });
  // Before anything waits for it.
  void endWithoutSidecar({ port: env.DAPR_HTTP_PORT, logger });
  let registered: Registered | undefined;
  const sidecar = { httpPort: env.DAPR_HTTP_PORT, apiToken: env.DAPR_API_TOKEN };
  const resolver = restartWithoutResolver({ ...sidecar, worthwhile: async () => registered?.knownNow() }, logger);
  const base: Base = {
    logger,
    metrics: createMetrics(appId),
    sidecar: async () => {
      const { connectSidecar } = await import("#common/dapr/sidecar");
      return connectSidecar({ grpcPort: env.DAPR_GRPC_PORT, apiToken: env.DAPR_API_TOKEN });
    },
    remote: (callee, directUrl) =>
      remoteTransport({
        appId: callee,
        daprHttpPort: env.DAPR_HTTP_PORT,
        daprApiToken: env.DAPR_API_TOKEN,
        appApiToken: env.APP_API_TOKEN,
        directUrl,
        interceptors: [resolver],
      }),
  };
  const service = await startOrEnd(logger, () => build(env, base));
  service.checks.sidecar = () => sidecarAnswers(sidecar);
  const outside = { logger, appToken: env.APP_API_TOKEN };
  const health =
    env.HEALTH_PORT === undefined ? undefined : await listen(healthApp(service, logger), env.HOST, env.HEALTH_PORT);
  const app = await listen(sidecarApp(service, outside), env.APP_HOST, env.APP_PORT);
  const http = env.PORT === undefined ? undefined : await listen(publicApp(service, logger), env.HOST, env.PORT);
  const grpc =
    env.GRPC_PORT === undefined ? undefined : await listenForCallers(service, outside, env.HOST, env.GRPC_PORT);
  if (env.CONSUL_URL) {
    registered = register(
      {
        consulUrl: env.CONSUL_URL,
        token: consulToken(env),
        appId,
        address: env.REGISTER_ADDRESS,
        sidecarPort: env.DAPR_INTERNAL_GRPC_PORT,
        port: app.port,
      },
      logger,
    );
    service.checks.consul = registered.check;
  }
  logger.info("listening", { appPort: app.port, port: http?.port, grpcPort: env.GRPC_PORT });

  endOnSignal(logger, async () => {
    await registered?.deregister();
    if (registered) await wait(drainMs);
    service.drain?.();
    await Promise.all([app.close(), http?.close(), grpc?.close()]);
    await service.close();
    await health?.close();
    await stopTracing();
  });
}

async function sidecarAnswers({ httpPort, apiToken }: { httpPort: number; apiToken: string }): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${httpPort}/v1.0/healthz/outbound`, {
    headers: { [tokenHeader]: apiToken },
    signal: AbortSignal.timeout(2_000),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the sidecar answers ${response.status}`);
}
