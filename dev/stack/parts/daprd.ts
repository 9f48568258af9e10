import { appOf, type Instance } from "../ports.ts";
import type { Part } from "../supervised.ts";
import { answers } from "../wait.ts";
import { type Context, folder, local } from "./context.ts";

export type SidecarOwner = Instance | "testapp";

/** How many calls a sidecar brings to its app at once; the chart's sidecars have the same. What more there is waits in it. */
export const atOnce = 128;

/**
 * A process's own sidecar, on loopback alone; those of one app's replicas share its id, and so its queues. It is ready when its outward API serves; it calls into the app
 * (and makes the app's queues) as soon as the app listens. Without `appPort` it never does.
 */
export function daprd(context: Context, owner: SidecarOwner, appPort?: number): Part {
  const { ports, secrets, programs } = context;
  const http = ports[`${owner}-dapr-http`];
  return {
    name: `${owner}-dapr`,
    command: programs.daprd,
    args: [
      `--app-id=${owner === "testapp" ? owner : appOf(owner)}`,
      ...(appPort === undefined
        ? []
        : [`--app-port=${appPort}`, "--app-protocol=http", `--app-max-concurrency=${atOnce}`]),
      "--app-channel-address=127.0.0.1",
      "--dapr-listen-addresses=127.0.0.1",
      `--dapr-http-port=${http}`,
      `--dapr-grpc-port=${ports[`${owner}-dapr-grpc`]}`,
      "--dapr-internal-grpc-listen-address=127.0.0.1",
      `--dapr-internal-grpc-port=${ports[`${owner}-dapr-internal`]}`,
      // 1.14 ignores --metrics-listen-address and would open this port to the network.
      "--enable-metrics=false",
      `--resources-path=${folder(context, "dapr", owner === "testapp" ? "testapp" : "resources")}`,
      `--config=${folder(context, "dapr", "configuration.yaml")}`,
      "--dapr-graceful-shutdown-seconds=5",
      "--log-level=info",
    ],
    env: { DAPR_API_TOKEN: secrets.daprApiToken, APP_API_TOKEN: secrets.appApiToken },
    ready: answers(`${local(http)}/v1.0/healthz/outbound`, { "dapr-api-token": secrets.daprApiToken }),
    graceMs: 15_000,
  };
}
