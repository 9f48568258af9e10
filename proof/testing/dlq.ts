import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const script = join(import.meta.dirname, "..", "..", "ops", "dlq", "main.ts");

/** `npm run dlq` as a process of its own, against this broker. */
export function startDlq(url: string, ...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  return startDlqWith({ RABBITMQ_URL: url }, ...args);
}

/** The same with more of an environment. */
export function startDlqWith(
  env: Readonly<Record<string, string>>,
  ...args: string[]
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return { child, ended: once(child, "close").then(([code]) => ({ code, output })) };
}

/** Its exit code, and all that it said. */
export type Ended = { code: number | null; output: string };

/** Runs it to its end. */
export function runDlq(url: string, ...args: string[]): Promise<Ended> {
  return startDlq(url, ...args).ended;
}
