import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../ops/command/run.ts";
import { ensureCached, findCached } from "./cache.ts";
import { debianPrograms, installDebian } from "./debian.ts";
import { which } from "./onPath.ts";
import { pins } from "./pins.ts";
import { installPackages } from "./pip.ts";

/** Schemathesis with all that it needs, each pinned. */
const requirements = join(import.meta.dirname, "python", "schemathesis.txt");

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

/** Fetches them, with the pip of this machine or one that is installed for it. */
export async function fetchSchemathesis(): Promise<string> {
  const hasPip = (await run(python(), ["-m", "pip", "--version"])).code === 0;
  if (!hasPip) await installDebian(debianPrograms.filter(({ name }) => name === "pip"));
  return ensureCached(await entry(), async (folder) => {
    const name = `schemathesis ${pins.schemathesis}`;
    await installPackages(python(), { name, requirements, words: ["--only-binary=:all:"] }, folder);
  });
}
