import { appendFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { Fleet } from "../../dev/stack/fleet.ts";
import { consul } from "../../dev/stack/parts/consul.ts";
import { type Context, stackPrograms } from "../../dev/stack/parts/context.ts";
import { mysqld } from "../../dev/stack/parts/mysql.ts";
import { rabbitmq } from "../../dev/stack/parts/rabbitmq.ts";
import { redis } from "../../dev/stack/parts/redis.ts";
import { loadSecrets } from "../../dev/stack/secrets.ts";
import type { Part } from "../../dev/stack/supervised.ts";
import { type Authority, type Certificate, newAuthority } from "./certificates.ts";
import { takeTestPorts } from "./offsets.ts";

/** A place for servers with TLS of one test file: ports, data and an authority of its own. */
export type Secured = {
  readonly context: Context;
  /** Whose certificates the servers show, and one that signed none of them. */
  readonly authority: Authority;
  readonly stranger: Authority;
  readonly fleet: Fleet;
  /** A free port for what the stack's table has no name for. */
  readonly tlsPort: number;
  end(): Promise<void>;
};

/** Makes such a place. `end` kills what was started in it. */
export async function makeSecuredPlace(): Promise<Secured> {
  const programs = await ensurePrograms(stackPrograms);
  const { ports, release } = await takeTestPorts();
  const data = await mkdtemp(join(tmpdir(), "gorder-tls-"));
  const quiet = () => {};
  const fleet = new Fleet(join(data, "log"), quiet, quiet);
  return {
    context: { data, ports, programs, secrets: loadSecrets(join(data, "secrets.json")) },
    authority: await newAuthority(join(data, "authority")),
    stranger: await newAuthority(join(data, "stranger")),
    fleet,
    tlsPort: ports.toxiproxy,
    async end() {
      await fleet.killAll();
      await fleet.stop();
      await rm(data, { recursive: true, force: true });
      release();
    },
  };
}

/** MariaDB or MySQL, which offers TLS on its usual port. */
export async function mysqlWithTls(context: Context, { cert, key }: Certificate): Promise<Part> {
  const part = await mysqld(context);
  return { ...part, args: [...part.args, `--ssl-cert=${cert}`, `--ssl-key=${key}`] };
}

/** RabbitMQ, which speaks TLS on a second port. */
export function rabbitmqWithTls(context: Context, { cert, key }: Certificate, ca: string, port: number): Part {
  const part = rabbitmq(context);
  const more = [
    `listeners.ssl.default = 127.0.0.1:${port}`,
    `ssl_options.cacertfile = ${ca}`,
    `ssl_options.certfile = ${cert}`,
    `ssl_options.keyfile = ${key}`,
    "ssl_options.verify = verify_none",
    "",
  ];
  appendFileSync(join(context.data, "rabbitmq", "rabbitmq.conf"), more.join("\n"));
  return part;
}

/** Redis, which speaks TLS on a second port and knows a user by name. */
export function redisWithTls(context: Context, { cert, key }: Certificate, user: string, port: number): Part {
  const part = redis(context);
  const more = [
    `tls-port ${port}`,
    `tls-cert-file ${cert}`,
    `tls-key-file ${key}`,
    "tls-auth-clients no",
    `user ${user} on >${context.secrets.redisPassword} ~* &* +@all`,
    "",
  ];
  appendFileSync(join(context.data, "redis", "redis.conf"), more.join("\n"));
  return part;
}

/** Consul, which speaks TLS on a second port and lets in nobody without a token. */
export function consulWithTls(context: Context, { cert, key }: Certificate, token: string, port: number): Part {
  const part = consul(context);
  const more = [
    `ports { https = ${port} }`,
    `tls { https { cert_file = "${cert}" key_file = "${key}" } }`,
    `acl { enabled = true default_policy = "deny" tokens { initial_management = "${token}" agent = "${token}" } }`,
  ];
  return { ...part, args: [...part.args, ...more.flatMap((text) => ["-hcl", text])] };
}
