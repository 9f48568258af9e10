import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { entryOf, type ServiceName } from "../../dev/services.ts";
import { nodeSettings, root } from "../../dev/stack/parts/services.ts";

/** A process of a service with nothing around it but what its settings name. */
export type Alone = {
  readonly lines: readonly string[];
  readonly ended: Promise<number | null>;
  /** Ends it at once, as no memory or a machine that goes does. */
  end(): void;
};

const settings = {
  NODE_ENV: "production",
  PORT: "0",
  APP_PORT: "0",
  GRPC_PORT: "0",
  DAPR_HTTP_PORT: "1",
  DAPR_GRPC_PORT: "1",
  DAPR_API_TOKEN: "0123456789abcdef",
  APP_API_TOKEN: "fedcba9876543210",
};

/** Starts it from its source. It is killed when the test ends. */
export function startAlone(name: ServiceName, env: Readonly<Record<string, string>>): Alone {
  const child = spawn(process.execPath, ["--import", "tsx", entryOf(name)], {
    cwd: root,
    env: { PATH: process.env.PATH, ...nodeSettings, ...settings, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { lines, ended, end: () => void child.kill("SIGKILL") };
}

/** The status that it ends with, and what it says last. */
export async function lastWord(name: ServiceName, env: Readonly<Record<string, string>>) {
  const { lines, ended } = startAlone(name, env);
  const code = await ended;
  return { code, says: lines.at(-1) ?? "" };
}
