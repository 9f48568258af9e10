import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensurePrograms } from "../programs/ensure.ts";
import { addressesOf } from "./addresses.ts";
import { layOutComponents } from "./components.ts";
import { Fleet } from "./fleet.ts";
import { consul } from "./parts/consul.ts";
import { type Context, stackPrograms } from "./parts/context.ts";
import { daprd } from "./parts/daprd.ts";
import { mongodb } from "./parts/mongodb.ts";
import { mysqld } from "./parts/mysql.ts";
import { epmd, rabbitmq } from "./parts/rabbitmq.ts";
import { redis } from "./parts/redis.ts";
import { type ServiceSettings, service, standin } from "./parts/services.ts";
import { zipkin } from "./parts/zipkin.ts";
import { type App, demandFree, type PortName, type Ports, portNames } from "./ports.ts";
import { waitForQueues } from "./queues.ts";
import { loadSecrets } from "./secrets.ts";
import { bornAt, removeState, runningStack, writeState } from "./state.ts";
import type { Part } from "./supervised.ts";

export type StackOptions = ServiceSettings & {
  /** The folder of all data, logs and secrets; a second start on it finds what the first left. */
  readonly data: string;
  readonly ports: Ports;
  readonly inboundRetries?: number;
  /** Told in one line each: what starts, what died, what came back. */
  readonly tell: (line: string) => void;
};

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

function portsNeeded(settings: ServiceSettings): PortName[] {
  const idle = ["stripe-mock", "stripe-mock-https", ...(settings.stripe === undefined ? [] : ["standin"])];
  return portNames.filter((name) => !idle.includes(name) && !name.startsWith("testapp"));
}

async function prepare(options: StackOptions): Promise<Context> {
  const data = resolve(options.data);
  const running = runningStack(data);
  if (running !== undefined) throw new Error(`a stack runs on ${data} already (process ${running.pid})`);
  await demandFree(options.ports, portsNeeded(options));
  const programs = await ensurePrograms(stackPrograms);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  return { data, ports: options.ports, secrets: loadSecrets(join(data, "secrets.json")), programs };
}

async function startServers(fleet: Fleet, context: Context): Promise<void> {
  const broker = async () => {
    await fleet.start("nameserver", epmd(context));
    await fleet.start("servers", rabbitmq(context));
  };
  const others = [redis(context), mongodb(context), consul(context), zipkin(context)];
  await allOrFirstError([
    broker(),
    mysqld(context).then((part) => fleet.start("servers", part)),
    ...others.map((part) => fleet.start("servers", part)),
  ]);
}

/** The consumers before the order service: when it first publishes, its listeners' queues are there. */
async function startServices(fleet: Fleet, context: Context, settings: ServiceSettings): Promise<void> {
  const withSidecar = async (app: App) => {
    await fleet.start("sidecars", daprd(context, app, context.ports[app]));
    await fleet.start("services", service(context, app, settings));
  };
  if (settings.stripe === undefined) await fleet.start("services", standin(context, settings));
  await allOrFirstError([withSidecar("stock"), withSidecar("payment"), withSidecar("kitchen")]);
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
  layOutComponents(context, options);
  const addresses = addressesOf(context);
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
  await orStop(startServers(fleet, context));
  return {
    context,
    addresses,
    startServices: () => orStop(startServices(fleet, context, options)),
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
