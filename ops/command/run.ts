import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

/** `output` is stdout and stderr as they came; `stdout` is that alone. */
type Outcome = { readonly code: number; readonly output: string; readonly stdout: string };

type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
};

/** Runs a command to its end; the code is 127 when there is no such command. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    let output = "";
    let stdout = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
      output += chunk.toString("utf8");
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
    child.on("error", (error) => resolve({ code: 127, output: String(error), stdout }));
    child.on("close", (code) => resolve({ code: code ?? 1, output, stdout }));
    // A command that ends without reading says why with its code.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input);
  });
}

/**
 * Runs a command that fetches things, and up to twice more when it fails: what it got is kept, and a registry that did not
 * answer may answer now. @param pauseMs between the first two attempts; twice as long before the third.
 * @returns the outcome of the last attempt.
 */
export async function runAgain(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
  pauseMs = 2_000,
): Promise<Outcome> {
  let outcome = await run(command, args, options);
  for (let again = 1; outcome.code !== 0 && again <= 2; again++) {
    await delay(again * pauseMs);
    outcome = await run(command, args, options);
  }
  return outcome;
}

/** The last lines of a log, indented, for a message about a failure. */
export function endOf(log: string, lines = 25): string {
  return log
    .trimEnd()
    .split("\n")
    .slice(-lines)
    .map((line) => `    ${line}`)
    .join("\n");
}
