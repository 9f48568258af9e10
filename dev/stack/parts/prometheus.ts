import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type App, apps } from "../../services.ts";
import { appOf, instancesOf } from "../ports.ts";
import type { Part } from "../supervised.ts";
import { answers } from "../wait.ts";
import { type Context, folder, local } from "./context.ts";
import { root } from "./services.ts";

/** Something that Prometheus reads, labelled as the chart's ServiceMonitor labels it. */
export type Target = { readonly service: App | "rabbitmq"; readonly port: number };

/** The Prometheus to start: its program, its port, its folder, and whom it reads. */
export type PrometheusOptions = {
  readonly program: string;
  readonly home: string;
  readonly port: number;
  readonly targets: readonly Target[];
};

/** What a stack with so many of each service has to read. */
export function targetsOf({ ports }: Pick<Context, "ports">, replicas: number): Target[] {
  const services = apps.flatMap((app) => instancesOf(app, replicas));
  return [
    ...services.map((instance) => ({ service: appOf(instance), port: ports[`${instance}-app`] })),
    { service: "rabbitmq", port: ports["rabbitmq-metrics"] },
  ];
}

/** Reads every process, keeps a day, and follows the chart's own rules. k6 may write to it. */
export function prometheus({ program, home, port, targets }: PrometheusOptions): Part {
  mkdirSync(home, { recursive: true });
  const config = join(home, "prometheus.yml");
  const read = targets.map(({ service, port }) => ({
    targets: [`127.0.0.1:${port}`],
    labels: { service, endpoint: "http" },
  }));
  const settings = {
    global: { scrape_interval: "5s", evaluation_interval: "5s" },
    rule_files: [join(root, "helm", "files", "observability", "rules.yaml")],
    scrape_configs: [{ job_name: "gorder", static_configs: read }],
  };
  writeFileSync(config, stringify(settings));
  return {
    name: "prometheus",
    command: program,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(home, "data")}`,
      "--storage.tsdb.retention.time=1d",
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.enable-remote-write-receiver",
      "--log.level=warn",
    ],
    ready: answers(`${local(port)}/-/ready`),
  };
}

/** The Prometheus of a stack. */
export function stackPrometheus(context: Context, program: string, replicas: number): Part {
  const home = folder(context, "prometheus");
  return prometheus({ program, home, port: context.ports.prometheus, targets: targetsOf(context, replicas) });
}
