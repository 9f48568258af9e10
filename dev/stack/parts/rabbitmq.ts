import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../../../ops/command/run.ts";
import { which } from "../../programs/onPath.ts";
import { writePrivate } from "../secrets.ts";
import type { Part } from "../supervised.ts";
import { answers } from "../wait.ts";
import { type Context, folder, local } from "./context.ts";

/** Whom the sidecars sign in as. */
export const rabbitmqUser = "gorder";

type Where = { ports: { readonly rabbitmq: number }; secrets: { readonly rabbitmqPassword: string } };

/** Where the broker of a stack is, with the password. */
export function rabbitmqUrl({ ports, secrets }: Where): string {
  return `amqp://${rabbitmqUser}:${secrets.rabbitmqPassword}@127.0.0.1:${ports.rabbitmq}`;
}

/** Who looks after dead letters, and may touch nothing else. */
const staffUser = "staff";

/** Where the broker is for the staff service. */
export function staffRabbitmqUrl({ ports, secrets }: Pick<Context, "ports" | "secrets">): string {
  return `amqp://${staffUser}:${secrets.staffRabbitmqPassword}@127.0.0.1:${ports.rabbitmq}`;
}

/** Asks the management API, as our user. @throws with the broker's own word when it refuses. */
export type Management = (method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: object) => Promise<unknown>;

/** The management API of a stack's broker. */
export function management({ ports, secrets }: Context): Management {
  return async (method, path, body) => {
    const response = await fetch(`${local(ports["rabbitmq-management"])}/api/${path}`, {
      method,
      headers: { ...managementHeaders(secrets.rabbitmqPassword), "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`RabbitMQ refuses ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
}

/**
 * Lets that user in: it reads dead letters, and puts them into any queue by the default exchange. What it may is set
 * anew at each start.
 */
export async function addStaffUser(context: Context): Promise<void> {
  const ask = management(context);
  const { staffRabbitmqPassword: password } = context.secrets;
  await ask("PUT", `users/${staffUser}`, { password, tags: "" });
  await ask("PUT", `permissions/%2F/${staffUser}`, { configure: "^$", write: "^amq\\.default$", read: "^dlq-" });
}

/** Basic authentication for the management API. */
export function managementHeaders(password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${rabbitmqUser}:${password}`).toString("base64")}` };
}

/** Erlang's name server. Ours, on a port of its own, so that it ends with us and serves nobody else. */
export function epmd({ ports }: Context): Part {
  const command = which("epmd") ?? "epmd";
  return {
    name: "epmd",
    command,
    args: ["-address", "127.0.0.1", "-port", String(ports.epmd), "-relaxed_command_check"],
    ready: async () => {
      const { code, output } = await run(command, ["-port", String(ports.epmd), "-names"]);
      return code === 0 ? undefined : output;
    },
  };
}

/** Which broker it is, for itself and for who speaks with it as its operator. */
function nodeOf(context: Pick<Context, "ports" | "data">): Record<string, string> {
  return {
    HOME: join(context.data, "rabbitmq"),
    RABBITMQ_NODENAME: "gorder@localhost",
    RABBITMQ_CONF_ENV_FILE: "/dev/null",
    ERL_EPMD_PORT: String(context.ports.epmd),
    ERL_EPMD_ADDRESS: "127.0.0.1",
  };
}

/** Has the broker do something, as `rabbitmqctl` puts it. @throws with what that says against it. */
export async function tellBroker(
  context: Pick<Context, "ports" | "data" | "programs">,
  ...words: string[]
): Promise<void> {
  const rabbitmqctl = join(dirname(context.programs["rabbitmq-server"]), "rabbitmqctl");
  const { code, output } = await run(rabbitmqctl, words, { env: nodeOf(context) });
  if (code !== 0) throw new Error(`rabbitmqctl ${words.join(" ")}: ${output}`);
}

/** From how much memory on the broker lets nobody publish: far above what it needs here. */
export const enoughMemory = "1GB";

/**
 * The broker with its management plugin, everything it keeps and reads in our folder.
 * @param metrics also its numbers for Prometheus, queue by queue.
 */
export function rabbitmq(context: Context, metrics = false): Part {
  const { ports, secrets, programs } = context;
  const home = folder(context, "rabbitmq");
  mkdirSync(home, { recursive: true });
  writePrivate(
    join(home, "rabbitmq.conf"),
    [
      `listeners.tcp.default = 127.0.0.1:${ports.rabbitmq}`,
      "management.tcp.ip = 127.0.0.1",
      `management.tcp.port = ${ports["rabbitmq-management"]}`,
      ...(metrics
        ? [
            "prometheus.tcp.ip = 127.0.0.1",
            `prometheus.tcp.port = ${ports["rabbitmq-metrics"]}`,
            "prometheus.return_per_object_metrics = true",
          ]
        : []),
      `default_user = ${rabbitmqUser}`,
      `default_pass = ${secrets.rabbitmqPassword}`,
      `vm_memory_high_watermark.absolute = ${enoughMemory}`,
      "disk_free_limit.absolute = 100MB",
      "",
    ].join("\n"),
  );
  const plugins = ["rabbitmq_management", ...(metrics ? ["rabbitmq_prometheus"] : [])];
  writeFileSync(join(home, "enabled_plugins"), `[${plugins.join()}].\n`);
  const cookie = join(home, ".erlang.cookie");
  if (existsSync(cookie)) rmSync(cookie);
  writeFileSync(cookie, secrets.erlangCookie, { mode: 0o400 });
  return {
    name: "rabbitmq",
    command: programs["rabbitmq-server"],
    args: [],
    cwd: home,
    env: {
      ...nodeOf(context),
      RABBITMQ_CONFIG_FILE: join(home, "rabbitmq"),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(home, "enabled_plugins"),
      RABBITMQ_MNESIA_BASE: join(home, "mnesia"),
      RABBITMQ_LOG_BASE: join(home, "log"),
      RABBITMQ_LOGS: "-",
      RABBITMQ_PID_FILE: join(home, "pid"),
      RABBITMQ_DIST_PORT: String(ports["rabbitmq-distribution"]),
      // Loopback for the distribution too; and schedulers that do not spin while they wait for work.
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
        "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
      // Makes the start script become the broker instead of standing between it and our signals.
      detached: "true",
    },
    ready: answers(
      `${local(ports["rabbitmq-management"])}/api/health/checks/local-alarms`,
      managementHeaders(secrets.rabbitmqPassword),
    ),
    graceMs: 20_000,
  };
}
