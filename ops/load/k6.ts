import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { endOf } from "../command/run.ts";

const metric = z.object({
  values: z.record(z.string(), z.number()),
  thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).default({}),
});
const guest = z.object({ customerId: z.string() });
const metrics = z.record(z.string(), metric);
const summary = z.object({ metrics, setup_data: z.array(guest).default([]) });

/** Every metric of a run by name, with its thresholds. */
export type K6Metrics = z.input<typeof metrics>;

/** What k6 says at the end of a script. */
export type K6Summary = z.infer<typeof summary>;

/** A script of our own for k6. */
export type Script = "orders" | "flow" | "chaos";
/** k6 exits with this when everything ran and a threshold was not met: the summary says which. */
export const thresholdMissed = 99;

/** k6's words for running the script at this path with these variables: no calls home, no port of its own. */
export function k6Words(path: string, env: Readonly<Record<string, string | number>>): string[] {
  const variables = Object.entries(env).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  return ["run", "--no-usage-report", "--address=", ...variables, path];
}

/**
 * Runs one of the scripts in `k6/` with these variables.
 * @param started gets the process id, which leads a process group of its own.
 * @param said gets every line that the script writes to its console.
 * @throws with the end of k6's output when the script itself failed.
 */
export async function runK6(
  script: Script,
  env: Readonly<Record<string, string | number>>,
  started: (pid: number) => void = () => {},
  said: (line: string) => void = () => {},
): Promise<K6Summary> {
  const { k6 } = await ensurePrograms(["k6"]);
  const folder = await mkdtemp(join(tmpdir(), "gorder-k6-"));
  const file = join(folder, "summary.json");
  try {
    const words = k6Words(join(import.meta.dirname, "k6", `${script}.js`), { ...env, SUMMARY: file });
    const child = spawn(k6, [...words, "--quiet", "--no-color", "--log-format=raw"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, HOME: folder, K6_NO_USAGE_REPORT: "true" },
      detached: true,
    });
    started(child.pid ?? 0);
    createInterface(child.stderr).on("line", said);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output = (output + chunk.toString("utf8")).slice(-20_000);
      });
    }
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exit) => resolve(exit ?? 1));
    });
    if (code !== 0 && code !== thresholdMissed) throw new Error(`k6 ${script} ended with ${code}:\n${endOf(output)}`);
    return summary.parse(JSON.parse(await readFile(file, "utf8")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One number of a summary; 0 when nothing was counted. */
export function value({ metrics }: K6Summary, name: string, statistic: string): number {
  return metrics[name]?.values[statistic] ?? 0;
}

/** Half, 95 and 99 of a hundred were faster; in milliseconds. */
export type Times = { p50: number; p95: number; p99: number };

/** Milliseconds of a trend. */
export function times(from: K6Summary, name: string): Times {
  return { p50: value(from, name, "med"), p95: value(from, name, "p(95)"), p99: value(from, name, "p(99)") };
}

/** The thresholds that were not met, as `metric: condition`. */
export function missed({ metrics }: { readonly metrics: K6Metrics }): string[] {
  return Object.entries(metrics).flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds).flatMap(([condition, { ok }]) => (ok ? [] : [`${name}: ${condition}`])),
  );
}
