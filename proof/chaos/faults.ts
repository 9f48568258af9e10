import { rmSync } from "node:fs";
import { join } from "node:path";
import { type App, apps } from "../../dev/services.ts";
import { instancesOf, type Proxied } from "../../dev/stack/ports.ts";
import { memoryAlarm } from "./brokerFaults.ts";
import type { Fault, More } from "./fault.ts";
import { findKeptForNobody } from "./forNobody.ts";
import { hopeless } from "./plants.ts";
import { unkind, webhooks } from "./providerFaults.ts";
import type { System } from "./system.ts";

/** kill -9, and after a while a new start. @param between what is done to what the dead leave behind. */
function killed(
  name: string,
  parts: (system: System) => readonly string[],
  more: More = {},
  between: (system: System) => void = () => {},
): Fault {
  return {
    name,
    takes: 5,
    ...more,
    async begin(system) {
      await Promise.all(parts(system).map((part) => system.stack.kill(part)));
      between(system);
    },
    end: async (system) => void (await Promise.all(parts(system).map((part) => system.stack.restart(part)))),
  };
}

/** What the services stand on, as people call it. */
const servers = {
  RabbitMQ: "rabbitmq",
  Redis: "redis",
  MariaDB: "mysql",
  FerretDB: "mongodb",
  Consul: "consul",
} as const;

const server = (name: string) => () => [name];
const every = (app: App) => (system: System) => instancesOf(app, system.replicas);
const everySidecar = (app: App) => (system: System) => every(app)(system).map((name) => `${name}-dapr`);

/** Deletes what a server keeps. */
const empty =
  (...path: string[]) =>
  ({ stack }: System) =>
    rmSync(join(stack.context.data, ...path), { recursive: true, force: true });

/** kill -9 of one replica alone, for runs in which others go on. */
function oneKilled(app: App): Fault {
  return { ...killed(`kill -9 of one ${app}`, server(app)), replicas: 2 };
}

/** Frozen past its lock's life, while others take over; then it goes on as if nothing had happened. */
function frozen(part: string, more: More = {}, called = part): Fault {
  const signal = ({ stack }: System, name: NodeJS.Signals) => {
    const pid = stack.pids[part];
    if (pid !== undefined) process.kill(-pid, name);
  };
  return {
    name: `SIGSTOP of ${called}, SIGCONT`,
    seconds: 15,
    ...more,
    begin: async (system) => signal(system, "SIGSTOP"),
    end: async (system) => signal(system, "SIGCONT"),
  };
}

type Toxic = "cut" | "latency 1 s" | "half-open" | "slow close";

function poisoned(what: string, kind: Toxic, names: (system: System) => readonly Proxied[], more: More = {}): Fault {
  return {
    name: `${what}: ${kind}`,
    ...more,
    async begin(system) {
      const { toxics } = system;
      for (const name of names(system)) {
        if (kind === "cut") await toxics.cut(name);
        else if (kind === "latency 1 s") await toxics.slow(name, 1000);
        else if (kind === "half-open") await toxics.halfOpen(name);
        else await toxics.slowClose(name, 5000);
      }
    },
    async end(system) {
      for (const name of names(system)) await system.toxics.heal(name);
    },
  };
}

const proxies: readonly (readonly [string, (system: System) => readonly Proxied[]])[] = [
  ["RabbitMQ", () => ["rabbitmq"]],
  ["Redis", () => ["redis"]],
  ["MariaDB", () => ["mysql"]],
  ["FerretDB", () => ["mongodb"]],
  ["Consul", () => ["consul"]],
  ["Stripe's stand-in", () => ["standin"]],
  ["between services", (system) => apps.flatMap((app) => every(app)(system).map((n) => `${n}-dapr-internal` as const))],
];

/** What guests must be answered meanwhile, where only one answer is right; and the one of `npm test`. */
const known: Readonly<Record<string, More>> = {
  "RabbitMQ: cut": { meanwhile: 201 },
  "RabbitMQ: half-open": { meanwhile: 201 },
  "Redis: cut": { meanwhile: 201 },
  "Redis: half-open": { meanwhile: 201 },
  "Consul: cut": { meanwhile: 503 },
  // A silent Consul contradicts nobody: sidecars go on with what they know.
  "Consul: half-open": { meanwhile: 201 },
  "MariaDB: cut": { meanwhile: 503 },
  "MariaDB: half-open": { meanwhile: 503 },
  "Stripe's stand-in: cut": { meanwhile: 201 },
  "Stripe's stand-in: half-open": { meanwhile: 201, isQuick: true },
  "between services: cut": { meanwhile: 503 },
};

const toxics: readonly Toxic[] = ["cut", "latency 1 s", "half-open", "slow close"];
const poisons = proxies.flatMap(([what, names]) =>
  toxics.map((kind) => poisoned(what, kind, names, known[`${what}: ${kind}`])),
);

const frozenServers: Readonly<Record<string, More>> = {
  RabbitMQ: { meanwhile: 201 },
  Redis: { meanwhile: 201 },
  MariaDB: { meanwhile: 503 },
  Consul: { meanwhile: 201 },
};

const again: Fault = {
  name: "every event twice more, in any order",
  isQuick: true,
  takes: 10,
  begin: async ({ deliveries }) => void (await deliveries.again()),
  end: async ({ deliveries }) => void (await deliveries.again()),
};

/** One replica of every service at a time, in good order, as an update does it. */
const rolling: Fault = {
  name: "rolling restart of every service",
  isQuick: true,
  seconds: 0,
  takes: 30,
  replicas: 2,
  async begin(system) {
    for (let at = 0; at < system.replicas; at++) {
      const names = apps.flatMap((app) => every(app)(system)[at] ?? []);
      await Promise.all(names.map((name) => system.stack.restart(name)));
    }
  },
  end: async () => {},
};

/** The power fails: everything ends at once, but for who is not ours: the guests, the network and the payment provider. */
const powerCut: Fault = {
  name: "power cut: kill -9 of everything",
  takes: 30,
  async begin({ stack, replicas }) {
    await Promise.all(
      everything(replicas)
        .flat()
        .map((part) => stack.kill(part)),
    );
  },
  async end({ stack, replicas }) {
    for (const parts of everything(replicas)) await Promise.all(parts.map((part) => stack.restart(part)));
  },
};

/** Each stands on the ones before. */
function everything(replicas: number): string[][] {
  const services = apps.flatMap((app) => instancesOf(app, replicas));
  return [Object.values(servers), services.map((name) => `${name}-dapr`), services];
}

/** Everything that is tried, one after the other. */
export const faults: readonly Fault[] = [
  { name: "none", begin: async () => {}, end: async () => {} },
  killed("kill -9 of order", every("order"), { isQuick: true }),
  killed("kill -9 of stock", every("stock"), { isQuick: true, meanwhile: 503 }),
  killed("kill -9 of payment", every("payment"), { meanwhile: 201 }),
  killed("kill -9 of kitchen", every("kitchen"), { meanwhile: 201 }),
  ...apps.map((app) => killed(`kill -9 of ${app}'s sidecar`, everySidecar(app), { isQuick: app === "payment" })),
  ...apps.map(oneKilled),
  rolling,
  killed("kill -9 of RabbitMQ", server("rabbitmq"), { isQuick: true, meanwhile: 201 }),
  // Longer than an order can wait for its link: what is cancelled, expired and given back must not wait for the broker.
  {
    ...killed("kill -9 of RabbitMQ", server("rabbitmq"), { seconds: 60 }),
    name: "RabbitMQ away for a minute",
    problems: findKeptForNobody,
  },
  killed("kill -9 of Redis", server("redis"), { meanwhile: 201 }),
  killed("Redis emptied", server("redis"), { isQuick: true, meanwhile: 201 }, empty("redis", "appendonlydir")),
  killed("kill -9 of MariaDB", server("mysql"), { meanwhile: 503 }),
  killed("kill -9 of FerretDB", server("mongodb"), { isQuick: true, meanwhile: 503 }),
  killed("kill -9 of Consul, its memory empty", server("consul"), { isQuick: true, meanwhile: 503 }),
  killed("kill -9 of every server", () => Object.values(servers), { meanwhile: 503 }),
  powerCut,
  ...poisons,
  memoryAlarm,
  again,
  webhooks("five at once"),
  webhooks("late"),
  webhooks("answer lost", { isQuick: true }),
  ...unkind,
  hopeless,
  ...apps.map((app) => frozen(app, { isQuick: app === "payment" })),
  frozen("payment-dapr"),
  ...Object.entries(servers).map(([called, part]) => frozen(part, frozenServers[called], called)),
];
