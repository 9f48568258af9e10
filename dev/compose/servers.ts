import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { keepDatabase, keepUser } from "../stack/parts/mysql.ts";
import { rabbitmqUser } from "../stack/parts/rabbitmq.ts";
import { root } from "../stack/parts/services.ts";
import type { PortName } from "../stack/ports.ts";
import { password } from "./development.ts";

/** The servers that are other people's. */
export const serverNames = ["rabbitmq", "redis", "mongodb", "mysql", "consul", "zipkin"] as const;
export type ServerName = (typeof serverNames)[number];

/** A server of other people, as their image takes it. */
export type Server = {
  /** What it listens on inside, by the name that the stack's table of ports has for it. */
  readonly ports: Partial<Record<PortName, number>>;
  readonly hostname?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Its folder of data, which stays. */
  readonly data?: string;
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  /** A command that fails until it serves; some images bring one. */
  readonly health?: readonly string[];
};

/** Run once, when MySQL's folder is made: who keeps what nobody may forget. */
export const keepSql = `CREATE DATABASE ${keepDatabase};
CREATE USER '${keepUser}'@'%' IDENTIFIED BY '${password}';
GRANT ALL ON ${keepDatabase}.* TO '${keepUser}'@'%';
`;

/** Each of them as its container is made. */
export const servers: Record<ServerName, Server> = {
  rabbitmq: {
    ports: { rabbitmq: 5672, "rabbitmq-management": 15672 },
    // Its data are filed under the host's name.
    hostname: "rabbitmq",
    environment: { RABBITMQ_DEFAULT_USER: rabbitmqUser, RABBITMQ_DEFAULT_PASS: password },
    data: "/var/lib/rabbitmq",
    health: ["rabbitmq-diagnostics", "--quiet", "check_port_connectivity"],
  },
  redis: {
    ports: { redis: 6379 },
    command: ["redis-server", "--requirepass", password, "--appendonly", "yes"],
    environment: { REDISCLI_AUTH: password },
    data: "/data",
    health: ["redis-cli", "ping"],
  },
  mongodb: {
    ports: { mongodb: 27017 },
    data: "/data/db",
    health: ["mongosh", "--quiet", "--eval", "db.adminCommand('ping')"],
  },
  mysql: {
    ports: { mysql: 3306 },
    environment: {
      MYSQL_DATABASE: "gorder",
      MYSQL_USER: "gorder",
      MYSQL_PASSWORD: password,
      MYSQL_ROOT_PASSWORD: password,
    },
    data: "/var/lib/mysql",
    configs: [{ source: "keep.sql", target: "/docker-entrypoint-initdb.d/keep.sql" }],
    // By TCP, which the server that the image starts to make its folder does not serve.
    health: ["mysqladmin", "ping", "--host=127.0.0.1", "--user=gorder", `--password=${password}`],
  },
  consul: {
    ports: { consul: 8500 },
    command: ["agent", "-dev", "-client", "0.0.0.0"],
    health: ["consul", "operator", "raft", "list-peers"],
  },
  zipkin: { ports: { zipkin: 9411 } },
};

const values = z.object({
  development: z.object({ images: z.record(z.enum([...serverNames, "standin"]), z.string()) }),
});

/** Their images: those that the chart's development servers have. */
export function images(): Readonly<Record<ServerName, string>> {
  return values.parse(parse(readFileSync(join(root, "helm", "values.yaml"), "utf8"))).development.images;
}

const topology = z.object({ servers: z.record(z.string(), z.array(z.string())) });

/** The servers that an app, or its sidecar, talks to, of those that are here. */
export function serversOf(app: string): ServerName[] {
  const { servers: needed } = topology.parse(parse(readFileSync(join(root, "helm/files/topology.yaml"), "utf8")));
  const names = (needed[app] ?? []).map((name) => (name === "keep" ? "mysql" : name));
  return serverNames.filter((name) => names.includes(name));
}
