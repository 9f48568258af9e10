import { run } from "../../ops/command/run.ts";
import { ensurePrograms } from "../programs/ensure.ts";
import { signatures } from "./signatures.ts";

/** One call of one of Tilt's functions. */
export type Call = {
  readonly function: string;
  /** File, line and column. */
  readonly at: string;
  /** Where relative paths count from. */
  readonly folder: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The text it gave back, such as rendered YAML. */
  readonly output?: string;
};

type Options = {
  /** The name of the Kubernetes context. */
  readonly context?: string;
  readonly subcommand?: "up" | "ci" | "down";
};

/** Evaluates a Tiltfile without Tilt. @throws with Starlark's backtrace when it, or a call in it, is wrong. */
export async function evaluate(tiltfile: string, { context = "kind-gorder", subcommand = "up" }: Options = {}) {
  const { starlark, helm } = await ensurePrograms(["starlark", "helm"]);
  const input = JSON.stringify({
    tiltfile,
    context,
    subcommand,
    helm,
    functions: signatures.map(({ name, from, returns, parameters }) => ({ name, from, returns, parameters })),
  });
  const { code, output, stdout } = await run(starlark, [], { input });
  if (code !== 0) throw new Error(output.trim());
  return JSON.parse(stdout) as Call[];
}
