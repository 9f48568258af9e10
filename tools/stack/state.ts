import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writePrivate } from "./secrets.ts";

const stateSchema = z.object({
  pid: z.number(),
  /** Which process had that pid: pids are given again. */
  born: z.string(),
  startedAt: z.string(),
  data: z.string(),
  direct: z.boolean(),
  secretsFile: z.string(),
  ports: z.record(z.string(), z.number()),
  addresses: z.record(z.string(), z.string()),
  pids: z.record(z.string(), z.number()),
});

/** What a running stack says of itself; secrets only by the path of their file. */
export type StackState = z.infer<typeof stateSchema>;

function stateFile(data: string): string {
  return join(data, "stack.json");
}

/** When a process began, in clock ticks since boot; empty where there is no /proc. */
export function bornAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")")).split(" ")[20] ?? "";
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function writeState(state: StackState): void {
  writePrivate(stateFile(state.data), `${JSON.stringify(state, null, 2)}\n`);
}

export function removeState(data: string): void {
  rmSync(stateFile(data), { force: true });
}

/** The stack that runs on this data folder, if one does. */
export function runningStack(data: string): StackState | undefined {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(stateFile(data), "utf8")));
    return isAlive(state.pid) && bornAt(state.pid) === state.born ? state : undefined;
  } catch {
    return undefined;
  }
}
