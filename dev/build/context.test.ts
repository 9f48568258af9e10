import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importsOf, resolve } from "../check/architecture.ts";
import { entries } from "./build.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** What of the tree an image is built from: paths and folders. */
const context = read(".dockerignore")
  .split("\n")
  .filter((line) => line.startsWith("!"))
  .map((line) => line.slice(1));

/** Every file of ours that the entries import, directly or not, with who imports it first. */
function reachedFrom(starts: readonly string[]): Map<string, string> {
  const reached = new Map(starts.map((path) => [path, "the build"]));
  for (const [path] of reached) {
    if (!/\.tsx?$/.test(path)) continue;
    for (const { name } of importsOf(read(path))) {
      if (!/^[.#]/.test(name)) continue;
      const target = name.startsWith("#") ? `${resolve(path, name)}.ts` : resolve(path, name);
      if (!reached.has(target)) reached.set(target, path);
    }
  }
  return reached;
}

test("an image is built from nothing that its context leaves out", () => {
  const reached = reachedFrom(["dev/build/image.ts", ...Object.values(entries)]);
  expect(reached.size).toBeGreaterThan(300);
  const missing = [...reached].filter(
    ([path]) => !context.some((part) => path === part || path.startsWith(`${part}/`)),
  );
  expect(missing.map(([path, by]) => `${path}, which ${by} imports`)).toEqual([]);
});
