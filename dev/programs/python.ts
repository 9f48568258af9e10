import { readFileSync } from "node:fs";
import { join } from "node:path";
import { endOf, run } from "../../ops/command/run.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { ensureCached, findCached } from "./cache.ts";
import { debianPrograms, installDebian } from "./debian.ts";
import { which } from "./onPath.ts";
import { pins } from "./pins.ts";

/** Schemathesis with all that it needs, each pinned. */
const requirements = join(import.meta.dirname, "python", "schemathesis.txt");
/** pip's words for a registry that is slow, or away for a moment. */
export const patiently = ["--retries", "10", "--timeout", "60"] as const;

const python = () => which("python3") ?? "python3";

/** What is installed fits one version of Python. */
async function entry() {
  const { output } = await run(python(), ["-c", "import sys; print(sys.version_info[:2])"]);
  const recipe = `${output}${readFileSync(requirements, "utf8")}`;
  return { name: "schemathesis", version: pins.schemathesis, recipe, file: "schemathesis" };
}

/** Where its Python packages are: `PYTHONPATH` is the folder around this path. */
export async function findSchemathesis(): Promise<string | undefined> {
  return which("python3") === undefined ? undefined : findCached(await entry());
}

/** Python's packages go into a folder of their own: many machines have a Python that makes no virtual environments. */
export async function fetchSchemathesis(): Promise<string> {
  const hasPip = (await run(python(), ["-m", "pip", "--version"])).code === 0;
  if (!hasPip) await installDebian(debianPrograms.filter(({ name }) => name === "pip"));
  return ensureCached(await entry(), async (folder) => {
    const start = Date.now();
    say(`  schemathesis ${pins.schemathesis}: fetching it from PyPI (up to a minute) …`);
    const words = [
      "-m",
      "pip",
      "install",
      "--quiet",
      ...patiently,
      "--only-binary=:all:",
      "--target",
      folder,
      "-r",
      requirements,
    ];
    const { code, output } = await run(python(), words);
    if (code !== 0) {
      throw new Error(
        `schemathesis ${pins.schemathesis} could not be fetched; the end of pip's log:\n${endOf(output)}`,
      );
    }
    say(`  schemathesis ${pins.schemathesis}: fetched in ${seconds(start)}`);
  });
}
