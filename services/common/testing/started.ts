import { type ChildProcess, spawn } from "node:child_process";
import type { RequestListener } from "node:http";
import { onTestFinished } from "vitest";
import { type Listening, listen } from "../http/listen.ts";

/** A process of ours with what it wrote so far. */
export function started(args: string[], env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], {
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return { child, output: () => output };
}

/** A server of this test's own. */
export async function serverOf(handler: RequestListener): Promise<Listening> {
  const server = await listen(handler, "127.0.0.1", 0);
  onTestFinished(() => server.close(0));
  return server;
}
