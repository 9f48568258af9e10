import { join } from "node:path";
import type { ProgramName } from "../../programs/ensure.ts";
import type { Ports } from "../ports.ts";
import type { Secrets } from "../secrets.ts";

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

export function local(port: number): string {
  return `http://127.0.0.1:${port}`;
}

export function folder({ data }: Context, ...names: string[]): string {
  return join(data, ...names);
}
