import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Tally, verdict } from "./testing/tally.ts";

/**
 * `npm test [-- vitest's arguments]`: runs every test and ends with one line, "N passed, N failed". The
 * runner is a process of its own, so that there is a last line whatever becomes of it.
 */
const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "gorder-tally-"));
const file = join(folder, "tally.json");

function readTally(): Tally | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Tally;
  } catch {
    return undefined;
  }
}

const vitest = spawn(
  process.execPath,
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=./tools/testing/reporter.ts",
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, GORDER_TALLY: file } },
);
// Vitest ends its servers itself; we stay for the last line.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => vitest.kill(signal));
vitest.on("error", (error) => process.stderr.write(`${error.message}\n`));
vitest.on("close", (code) => {
  const { line, ok, notes } = verdict(readTally(), code ?? 1);
  rmSync(folder, { recursive: true, force: true });
  for (const note of notes) process.stderr.write(`  not counted as a test, and wrong: ${note}\n`);
  process.stdout.write(`${line}\n`);
  process.exit(ok ? 0 : 1);
});
