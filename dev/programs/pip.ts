import { endOf, run } from "../../ops/command/run.ts";
import { say, seconds } from "../../ops/command/say.ts";

/** For a registry that is slow, or away for a moment. */
const patiently = ["--retries", "10", "--timeout", "60"] as const;

/** What is to be installed, as it is called before people, and the pinned list of its packages. */
export type PythonPackages = {
  readonly name: string;
  readonly requirements: string;
  readonly words: readonly string[];
};

/**
 * Installs packages with this Python into a folder of their own: many machines have a Python that makes no virtual
 * environments. @throws with the end of pip's log.
 */
export async function installPackages(
  python: string,
  { name, requirements, words }: PythonPackages,
  target: string,
): Promise<void> {
  const start = Date.now();
  say(`  ${name}: fetching from PyPI (up to a minute) …`);
  const quietly = ["install", "--quiet", "--disable-pip-version-check", ...patiently];
  const what = ["--target", target, "--requirement", requirements, ...words];
  const { code, output } = await run(python, ["-m", "pip", ...quietly, ...what]);
  if (code !== 0) throw new Error(`${name} could not be fetched; the end of pip's log:\n${endOf(output)}`);
  say(`  ${name}: fetched in ${seconds(start)}`);
}
