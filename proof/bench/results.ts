import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import type { FlowPhase, OrdersPhase } from "./phases.ts";

/** All that a run measured, and on what; the earliest files do not say on what. */
export type Results = {
  readonly at: string;
  readonly quick: boolean;
  readonly machine?: string;
  readonly commit?: string;
  readonly node?: string;
  /** How many processes of each service; one in the earliest files, which do not say. */
  readonly replicas?: number;
  /** Profiling slows the services down. */
  readonly profiled?: boolean;
  readonly flow: readonly FlowPhase[];
  readonly overload?: FlowPhase;
  readonly orders: readonly OrdersPhase[];
};

/** What is measured where. */
export function identity(): Required<Pick<Results, "machine" | "commit" | "node">> {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB`;
  return { machine, commit: commit(), node: process.version };
}

function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8", stdio: "pipe" }).trim();
  try {
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "-uno") ? " and changes" : ""}`;
  } catch {
    return "unknown";
  }
}

/** The bench.json of an earlier run. @throws in one sentence when it is none. */
export function readResults(file: string): Results {
  try {
    const results = JSON.parse(readFileSync(file, "utf8")) as Results;
    if (Array.isArray(results.flow) && Array.isArray(results.orders)) return results;
  } catch {
    // Said below, whatever is wrong with it.
  }
  throw new Error(`--before ${file} is no bench.json that npm run bench has written`);
}
