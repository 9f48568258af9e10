import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { k6Words } from "./k6.ts";

/** What `npm run load` can do. */
export const scenarios = ["smoke", "load", "spike", "soak", "flash-sale"] as const;
export type Scenario = (typeof scenarios)[number];

const folder = join(import.meta.dirname, "scenarios");

/** The scenarios' scripts and what they import, by file name. */
export function scripts(): Record<string, string> {
  const files = readdirSync(folder).sort();
  return Object.fromEntries(files.map((file) => [basename(file), readFileSync(join(folder, file), "utf8")]));
}

type Options = {
  /** The variables that the head of each script names; `URL` says where Gorder is, `SUMMARY` where the JSON goes. */
  readonly env: Readonly<Record<string, string>>;
  /** Without progress and report on the terminal. */
  readonly silent?: boolean;
};

/** Runs a scenario. @returns k6's exit code: 0, or 99 when a threshold was missed, or anything when it could not run. */
export async function runScenario(name: Scenario, { env, silent = false }: Options): Promise<number> {
  const { k6 } = await ensurePrograms(["k6"]);
  const words = k6Words(join(folder, `${name}.js`), env);
  const child = spawn(k6, words, { stdio: silent ? "ignore" : "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
