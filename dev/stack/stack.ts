import { accessSync, constants, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { bornAt } from "../../ops/command/alive.ts";
import { ensurePrograms } from "../programs/ensure.ts";
import type { App } from "../services.ts";
import { addressesOf } from "./addresses.ts";
import { type ComponentSettings, layOutComponents } from "./components.ts";
import { preferQuorum } from "./deadLettersByPolicy.ts";
import { Fleet } from "./fleet.ts";
import { consul } from "./parts/consul.ts";
import { type Context, local, stackPrograms } from "./parts/context.ts";
import { daprd } from "./parts/daprd.ts";
import { mongodb } from "./parts/mongodb.ts";
import { mysqld } from "./parts/mysql.ts";
import { oidcProvider } from "./parts/oidc.ts";
import { stackPrometheus } from "./parts/prometheus.ts";
import { addStaffUser, epmd, management, rabbitmq, rabbitmqUser } from "./parts/rabbitmq.ts";
import { redis } from "./parts/redis.ts";
import { type ServiceSettings, service, standin } from "./parts/services.ts";
import { throughToxiproxy, toxiproxy } from "./parts/toxiproxy.ts";
import { zipkin } from "./parts/zipkin.ts";
import { demandFree, type Instance, instancesOf, mostReplicas, type PortName, type Ports, portNames } from "./ports.ts";
import { waitForQueues } from "./queues.ts";
import { loadSecrets } from "./secrets.ts";
import { removeState, runningStack, writeState, writeVariables } from "./state.ts";
import type { Part } from "./supervised.ts";
import { variablesOf } from "./variables.ts";

/** What a stack is started with. */
export type StackOptions = ServiceSettings &
  Pick<ComponentSettings, "queueType"> & {
    /** The folder of all data, logs and secrets; a second start on it finds what the first left. */
    readonly data: string;
    readonly ports: Ports;
    /** How many processes of each service, each with its own sidecar; 1 unless said. */
    readonly replicas?: number;
    /** A Prometheus beside it, which reads every process and follows the chart's rules. */
    readonly observe?: boolean;
    /** Puts toxiproxy between the services and everything that they speak to. */
    readonly toxic?: boolean;
    /** Told in one line each: what starts, what died, what came back. */
    readonly tell: (line: string) => void;
  };

/** A running stack. */
export type Stack = {
  readonly context: Context;
  readonly addresses: Readonly<Record<string, string>>;
  /** Starts the sidecars, the services and the stand-in, and waits until all of them are ready. */
  startServices(): Promise<void>;
  /** A sidecar without an app behind it, for tests: it may use every component. */
  startTestSidecar(): Promise<void>;
  /** One more server, for tests; it ends with the rest. */
  startExtra(part: Part): Promise<void>;
  /** kill -9 of one part; it stays down until `restart`. */
  kill(name: string): Promise<void>;
  restart(name: string): Promise<void>;
  readonly pids: Readonly<Record<string, number>>;
  stop(): Promise<void>;
  killAll(): Promise<void>;
};

function portsNeeded({ stripe, replicas = 1, toxic = false, observe = false }: StackOptions): PortName[] {
  const idle = ["stripe-mock", "stripe-mock-https", ...(stripe === undefined ? [] : ["standin"])];
  const isIdle = (name: string) =>
    idle.includes(name) ||
    name.startsWith("testapp") ||
    (!toxic && name.startsWith("toxi")) ||
    (!observe && ["prometheus", "rabbitmq-metrics"].includes(name)) ||
    Number(/^[a-z]+-(\d)/.exec(name)?.[1] ?? 1) > replicas;
  return portNames.filter((name) => !isIdle(name));
}

/** @throws in one sentence when there are no ports for so many processes of a service. */
export function demandReplicas(replicas: number): void {
  if (Number.isInteger(replicas) && replicas >= 1 && replicas <= mostReplicas) return;
  throw new Error(`GORDER_REPLICAS or --replicas: ${replicas} is not a number from 1 to ${mostReplicas}`);
}

/** @throws in one sentence when nothing can be kept there. */
export function demandFolder(data: string): void {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    accessSync(data, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`Nothing can be kept in ${data} (${code}): set GORDER_DATA to a folder that is yours`);
  }
}

async function prepare(options: StackOptions): Promise<Context> {
  demandReplicas(options.replicas ?? 1);
  const data = resolve(options.data);
  const running = runningStack(data);
  if (running !== undefined) throw new Error(`a stack runs on ${data} already (process ${running.pid})`);
  await demandFree(options.ports, portsNeeded(options));
  const programs = await ensurePrograms(stackPrograms);
  if (options.observe) await ensurePrograms(["prometheus"]);
  demandFolder(data);
  return { data, ports: options.ports, secrets: loadSecrets(join(data, "secrets.json")), programs };
}

async function startServers(fleet: Fleet, context: Context, options: StackOptions): Promise<void> {
  const { toxic = false, observe = false, replicas = 1 } = options;
  const broker = async () => {
    await fleet.start("nameserver", epmd(context));
    await fleet.start("servers", rabbitmq(context, observe));
    const whole = { virtualHost: "/", user: rabbitmqUser };
    if (options.queueType === "quorum") await preferQuorum(management(context), whole);
    await addStaffUser(context);
  };
  const others = [redis(context), mongodb(context), consul(context), zipkin(context)];
  await allOrFirstError([
    ...(toxic ? [toxiproxy(context).then((part) => fleet.start("servers", part))] : []),
    ...(observe
      ? [
          ensurePrograms(["prometheus"]).then(({ prometheus }) =>
            fleet.start("servers", stackPrometheus(context, prometheus, replicas)),
          ),
        ]
      : []),
    broker(),
    mysqld(context).then((part) => fleet.start("servers", part)),
    ...others.map((part) => fleet.start("servers", part)),
  ]);
}

/** The consumers before the order service: when it first publishes, its listeners' queues are there. */
async function startServices(fleet: Fleet, context: Context, settings: StackOptions): Promise<void> {
  const { replicas = 1, toxic = false } = settings;
  const reached = toxic ? throughToxiproxy(context) : context;
  const one = async (name: Instance) => {
    await fleet.start("sidecars", daprd(context, name, context.ports[`${name}-app`]));
    await fleet.start("services", service(reached, name, settings));
  };
  // The first alone: it brings the database into shape, which two at once would only wait for.
  const withSidecar = async (app: App) => {
    const [first, ...others] = instancesOf(app, replicas);
    if (first) await one(first);
    await allOrFirstError(others.map(one));
  };
  await fleet.start("services", oidcProvider(context));
  if (settings.stripe === undefined) await fleet.start("services", standin(context, settings));
  await allOrFirstError([withSidecar("stock"), withSidecar("payment"), withSidecar("kitchen"), withSidecar("staff")]);
  await waitForQueues(context, ["payment-order.created", "kitchen-order.paid"]);
  await withSidecar("order");
  await waitForQueues(context);
}

/** Waits for all, also after a failure, so that nothing is still starting while the rest is stopped. */
async function allOrFirstError(work: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** Brings up the backing servers. When anything fails, all that was started is ended before this rejects. */
export async function startStack(options: StackOptions, onFleet: (fleet: Fleet) => void = () => {}): Promise<Stack> {
  const context = await prepare(options);
  layOutComponents(options.toxic ? throughToxiproxy(context) : context, options);
  const addresses = {
    ...addressesOf(context),
    ...(options.observe && { prometheus: local(context.ports.prometheus) }),
  };
  const startedAt = new Date().toISOString();
  const { data, ports } = context;
  const identity = { pid: process.pid, born: bornAt(process.pid), startedAt, data, direct: options.direct };
  const record = () =>
    writeState({ ...identity, secretsFile: join(data, "secrets.json"), ports, addresses, pids: fleet.pids });
  const fleet: Fleet = new Fleet(join(data, "log"), options.tell, record);
  onFleet(fleet);
  options.tell("starting RabbitMQ, Redis, MySQL, MongoDB, Consul, Zipkin …");
  const stop = async () => {
    await fleet.stop();
    removeState(data);
  };
  const orStop = async (work: Promise<void>) => {
    await work.catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  };
  await orStop(startServers(fleet, context, options));
  return {
    context,
    addresses,
    startServices: async () => {
      await orStop(startServices(fleet, context, options));
      writeVariables(data, variablesOf(context, { ...identity, stripe: options.stripe }));
    },
    startTestSidecar: () => orStop(fleet.start("sidecars", daprd(context, "testapp"))),
    startExtra: (part) => orStop(fleet.start("servers", part)),
    kill: (name) => fleet.kill(name),
    restart: (name) => fleet.restart(name),
    get pids() {
      return fleet.pids;
    },
    stop,
    killAll: () => fleet.killAll(),
  };
}
