import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isStill } from "../../ops/command/alive.ts";
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

/** Leaves it for those who look for a running stack. */
export function writeState(state: StackState): void {
  writePrivate(stateFile(state.data), `${JSON.stringify(state, null, 2)}\n`);
}

/** Leaves the variables of a running stack for those who look at it, to be read by a shell as well. */
export function writeVariables(data: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`);
  writePrivate(join(data, "stack.env"), lines.join(""));
}

/** Takes it away, as nothing runs any more. */
export function removeState(data: string): void {
  for (const file of [stateFile(data), join(data, "stack.env")]) rmSync(file, { force: true });
}

/** The stack that runs on this data folder, if one does. */
export function runningStack(data: string): StackState | undefined {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(stateFile(data), "utf8")));
    return isStill(state.pid, state.born) ? state : undefined;
  } catch {
    return undefined;
  }
}
