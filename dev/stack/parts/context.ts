import { join } from "node:path";
import type { ProgramName } from "../../programs/ensure.ts";
import type { Ports } from "../ports.ts";
import type { Secrets } from "../secrets.ts";

/** The programs that every stack runs. */
export const stackPrograms = [
  "daprd",
  "consul",
  "ferretdb",
  "zipkin",
  "rabbitmq-server",
  "redis-server",
  "mysqld",
  "java",
] as const satisfies readonly ProgramName[];

/** What every part of the stack is made from. */
export type Context = {
  readonly data: string;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly programs: Readonly<Record<(typeof stackPrograms)[number], string>>;
};

/** The address of what listens on this port of this machine. */
export function local(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** A folder of a part, in the stack's own. */
export function folder({ data }: Context, ...names: string[]): string {
  return join(data, ...names);
}
