import { createServer } from "node:net";
import { type App, apps, type FrontApp, type GrpcApp, hasGrpc, isFront } from "../services.ts";

/** The replicas beside the first that the table of ports has room for. */
const others = [2, 3] as const;
/** How many processes a service may have here. */
export const mostReplicas = 1 + others.length;

/** One of an app's processes: the first has the app's own name, the others a number behind it. */
export type Instance = InstanceOf<App>;
type InstanceOf<Name extends App> = Name | `${Name}-${(typeof others)[number]}`;

/** The names of an app's so many processes. */
export function instancesOf<Name extends App>(app: Name, replicas: number): InstanceOf<Name>[] {
  return [app, ...others.slice(0, replicas - 1).map((number) => `${app}-${number}` as const)];
}

/** Whose process it is. */
export function appOf(instance: Instance): App {
  return instance.replace(/-\d$/, "") as App;
}

/** What is single in a stack. */
const single = {
  standin: 8090,
  oidc: 8091,
  rabbitmq: 5672,
  "rabbitmq-management": 15672,
  "rabbitmq-distribution": 25672,
  "rabbitmq-metrics": 15692,
  epmd: 14369,
  redis: 6379,
  mysql: 3306,
  mongodb: 27017,
  consul: 8500,
  "consul-server": 8300,
  "consul-serf": 8301,
  zipkin: 9411,
  prometheus: 9090,
  "stripe-mock": 12111,
  "stripe-mock-https": 12112,
  "testapp-dapr-http": 3519,
  "testapp-dapr-grpc": 3529,
  "testapp-dapr-internal": 3539,
  toxiproxy: 22100,
} as const;

/** What a process of an app listens on: for its sidecar, for the public and for plain gRPC if it does, and its sidecar. */
type PortOf<Name extends string> =
  | (Name extends App | `${App}-${number}` ? `${Name}-app` | `${Name}-dapr-${"http" | "grpc" | "internal"}` : never)
  | (Name extends FrontApp | `${FrontApp}-${number}` ? Name : never)
  | (Name extends GrpcApp | `${GrpcApp}-${number}` ? `${Name}-grpc` : never);
type ReplicaPort = PortOf<`${App}-${(typeof others)[number]}`>;

/** The names of one process's ports; the fixed ones of the first, which people know, have numbers of their own. */
function portsOf(app: App, name: Instance): string[] {
  const dapr = ["http", "grpc", "internal"].map((kind) => `${name}-dapr-${kind}`);
  return [`${name}-app`, ...(isFront(app) ? [name] : []), ...(hasGrpc(app) ? [`${name}-grpc`] : []), ...dapr];
}

/** What is reached through toxiproxy where the stack has one: the servers, and each service from the others. */
const proxied = ["rabbitmq", "redis", "mysql", "mongodb", "consul", "standin"] as const;
/** A part that can be slowed down, or cut off. */
export type Proxied = (typeof proxied)[number] | `${Instance}-dapr-internal`;

/** So many names, each with a port, from the first on. */
function numbered<Name extends string>(first: number, names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, first + index])) as Record<Name, number>;
}

const firsts = Object.fromEntries(
  apps.flatMap((app, index) => [
    ...(isFront(app) ? [[app, 8080 + 2 * index]] : []),
    ...(hasGrpc(app) ? [[`${app}-grpc`, 8081 + 2 * index]] : []),
    [`${app}-dapr-http`, 3511 + index],
    [`${app}-dapr-grpc`, 3521 + index],
    [`${app}-dapr-internal`, 3531 + index],
    [`${app}-app`, 3551 + index],
  ]),
) as Record<PortOf<App>, number>;

const instances = apps.flatMap((app) => instancesOf(app, mostReplicas));
/** The ports before which toxiproxy stands, by name. */
export const proxiedPorts: readonly Proxied[] = [
  ...proxied,
  ...instances.map((instance) => `${instance}-dapr-internal` as const),
];

/**
 * The one table of ports. All lie below 27768, so that even shifted by 5000 (the tests) none comes into
 * the range from which Linux takes the ports of outgoing connections.
 */
const table = {
  ...firsts,
  ...single,
  ...numbered<ReplicaPort>(
    18000,
    apps.flatMap((app) => others.flatMap((n) => portsOf(app, `${app}-${n}`) as ReplicaPort[])),
  ),
  ...numbered(
    22101,
    proxiedPorts.map((name) => `toxic-${name}` as const),
  ),
};

export type PortName = keyof typeof table;
export type Ports = Readonly<Record<PortName, number>>;

/** The name of every port. */
export const portNames = Object.keys(table) as PortName[];

/** The names of replicas' and of tests' ports are left out of what a person reads. */
function isFirst(name: string): boolean {
  return !/-\d|^(toxi|testapp|stripe-mock)|-(dapr|app)/.test(name);
}

function variableOf(name: PortName): string {
  return `GORDER_PORT_${name.toUpperCase().replaceAll("-", "_")}`;
}

/** What browsers and fetch ask nobody at, from 1024 on: https://fetch.spec.whatwg.org/#port-blocking */
const blocked: ReadonlySet<number> = new Set([
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
]);

/** @throws in one sentence, which begins with the variable, at a port where no browser looks. */
export function demandVisited(variable: string, port: number): void {
  if (blocked.has(port)) throw new Error(`${variable}: browsers and fetch ask nobody at ${port}, so take another one`);
}

function portFrom(variable: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`${variable}: "${text}" is not a port`);
  demandVisited(variable, port);
  return port;
}

/** The table, moved by `GORDER_PORT_OFFSET` or the given offset, with single ports set by `GORDER_PORT_<NAME>`. */
export function portsFrom(env: NodeJS.ProcessEnv, offset = Number(env.GORDER_PORT_OFFSET ?? 0)): Ports {
  if (!Number.isInteger(offset)) throw new Error(`GORDER_PORT_OFFSET: "${env.GORDER_PORT_OFFSET}" is not a number`);
  const own = new Set(["GORDER_PORT_OFFSET", ...portNames.map(variableOf)]);
  const strange = Object.keys(env).find((variable) => variable.startsWith("GORDER_PORT_") && !own.has(variable));
  if (strange !== undefined)
    throw new Error(
      `${strange}: nothing has a port of that name; the names are ${portNames.filter(isFirst).join(", ")}`,
    );
  const entries = portNames.map((name) => {
    const set = env[variableOf(name)];
    const port = set === undefined ? table[name] + offset : portFrom(variableOf(name), set);
    return [name, portFrom("GORDER_PORT_OFFSET", String(port))] as const;
  });
  return Object.fromEntries(entries) as Ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The names of the ports that something else listens on. */
export async function portsInUse(ports: Ports, names: readonly PortName[] = portNames): Promise<PortName[]> {
  const free = await Promise.all(names.map((name) => isFree(ports[name])));
  return names.filter((_, index) => !free[index]);
}

/** Says every taken port with its name and the way round it, before anything starts. */
export async function demandFree(ports: Ports, names: readonly PortName[]): Promise<void> {
  const taken = await portsInUse(ports, names);
  if (taken.length === 0) return;
  const shown = taken.slice(0, 8);
  const list = shown.map((name) => `  ${ports[name]} (${name}): free it, or set ${variableOf(name)}`);
  if (taken.length > shown.length) list.push(`  and ${taken.length - shown.length} more: is another stack running?`);
  throw new Error(`ports in use:\n${list.join("\n")}\nOr move all of them with GORDER_PORT_OFFSET, say 100.`);
}
