import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../../ops/command/say.ts";
import { type Tally, verdict } from "./tally.ts";

const root = join(import.meta.dirname, "..", "..");

function readTally(file: string): Tally | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Tally;
  } catch {
    return undefined;
  }
}

/** What became of a run of tests. */
export type Counted = {
  /** "N passed, N failed": the last line of the command that ran them. */
  readonly line: string;
  readonly ok: boolean;
};

/**
 * Runs vitest in a process of its own, so that there is a verdict whatever becomes of it.
 * @param within a command that runs the one after it, such as one that enters a network; none: as it is.
 */
export function runCounted(args: readonly string[], within: readonly string[] = []): Promise<Counted> {
  const folder = mkdtempSync(join(tmpdir(), "gorder-tally-"));
  const file = join(folder, "tally.json");
  const [command = "", ...rest] = [
    ...within,
    process.execPath,
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=./proof/testing/reporter.ts",
    ...args,
  ];
  const vitest = spawn(command, rest, { cwd: root, stdio: "inherit", env: { ...process.env, GORDER_TALLY: file } });
  // Vitest ends its servers itself; we stay for the last line.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => vitest.kill(signal));
  vitest.on("error", (error) => process.stderr.write(`${error.message}\n`));
  return new Promise((resolve) => {
    vitest.on("close", (code) => {
      const { line, ok, notes } = verdict(readTally(file), code ?? 1);
      rmSync(folder, { recursive: true, force: true });
      for (const note of notes) say(`  not counted as a test, and wrong: ${note}`);
      resolve({ line, ok });
    });
  });
}
