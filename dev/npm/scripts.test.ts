import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const read = <T>(file: string): T => JSON.parse(readFileSync(join(root, file), "utf8")) as T;
type Lock = { packages: Record<string, { hasInstallScript?: boolean }> };

/** Else npm warns at every installation, and one day refuses. */
test("every package that runs something when it is installed was looked at, and nothing else is listed", () => {
  const { packages } = read<Lock>("package-lock.json");
  const withScripts = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.replace(/^.*node_modules\//, ""));
  const { allowScripts } = read<{ allowScripts: Record<string, boolean> }>("package.json");
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(withScripts)].sort());
});

test("one TypeScript is enough: what generates code asks for an old one besides, which it has no use for", () => {
  const { packages } = read<Lock>("package-lock.json");
  expect(Object.keys(packages).filter((path) => path.endsWith("/typescript"))).toEqual(["node_modules/typescript"]);
});

test("nobody is told of an installation: what swagger-ui-dist brings for that is an empty package of our own", () => {
  const { packages } = read<{ packages: Record<string, { link?: boolean; resolved?: string }> }>("package-lock.json");
  const scarf = Object.keys(packages).filter((path) => path.endsWith("node_modules/@scarf/scarf"));
  expect(scarf.map((path) => packages[path])).toEqual([{ resolved: "dev/npm/noScarf", link: true }]);
});
