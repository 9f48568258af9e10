import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { isStill } from "./alive.ts";

/** The folder of what runs here: GORDER_DATA's, else this checkout's. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  return env.GORDER_DATA ?? join(import.meta.dirname, "..", "..", ".data");
}

/**
 * The variables of the system that runs here, as it left them in `stack.env` of its data folder: addresses and keys by
 * the names of .env.example. Nothing when none runs, or when the one that did is gone without a word.
 */
export function variablesHere(env: NodeJS.ProcessEnv): NodeJS.Dict<string> | undefined {
  try {
    const variables = parseEnv(readFileSync(join(dataFolder(env), "stack.env"), "utf8"));
    return isStill(Number(variables.STACK_PID), variables.STACK_BORN ?? "") ? variables : undefined;
  } catch {
    return undefined;
  }
}
