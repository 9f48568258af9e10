import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..", "..");
const pages = ["README.md", "CHANGELOG.md", "UPGRADING.md", ...globSync("{docs,.github}/**/*.md", { cwd: root })];
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

const read = (page: string) => readFileSync(join(root, page), "utf8");
const found = (pattern: string) => globSync(pattern, { cwd: root, exclude: ["node_modules/**"] }).length > 0;
const named = (page: string, pattern: RegExp) => [...read(page).matchAll(pattern)].map(([, name = ""]) => name);

/** What a heading is called in a link, as GitHub makes it. */
function anchors(page: string): string[] {
  return named(page, /^#+ (.*)$/gm).map((title) =>
    title
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(pages)("%s links to what is there", (page) => {
  const links = named(page, /\]\((?!https?:|mailto:)([^)\s]+)\)/g);
  const dead = links.filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? page : normalize(join(dirname(page), file));
    return !found(target) || (anchor !== undefined && !anchors(target).includes(anchor));
  });
  expect(dead).toEqual([]);
});

test.each(pages)("%s names files that are there", (page) => {
  const files = named(page, /`((?:services|ops|dev|proof|helm|k8s|components|proto|docs|tilt)\/[\w./*{},-]*)`/g);
  expect(files.filter((file) => !found(file.replace(/\/$/, "")))).toEqual([]);
});

test.each(pages)("%s names commands that are there", (page) => {
  const commands = named(page, /npm run (?:-s )?([a-z][\w:]*)/g);
  expect(commands.filter((command) => scripts[command] === undefined)).toEqual([]);
});

/** The services by the table that says who keeps what, and calls and hears of whom. */
const services = [...read("docs/architecture.md").matchAll(/^\| (\w+) \|([^|]*)\|([^|]*)\|([^|]*)\|[^|]*\|$/gm)]
  .map((row) => row.slice(1).map((cell) => cell.trim()))
  .filter(([name]) => name !== "service")
  .map(([name = "", keeps = "", calls = "", hears = ""]) => ({ name, keeps, calls, hears }));

test("docs/architecture.md says of each service whom it calls, as the access policy has it", () => {
  const { calls } = parse(read("helm/files/topology.yaml")) as { calls: Record<string, Record<string, string[]>> };
  const told = services.map((service) => [service.name, service.calls.split(", ")]);
  expect(told).toEqual(Object.entries(calls).map(([caller, callees]) => [caller, Object.keys(callees)]));
});

test("docs/architecture.md says of each service what it hears of and which state it keeps, as the components have it", () => {
  type Component = { kind: string; metadata: { name: string }; spec: { topic?: string }; scopes?: string[] };
  const components = globSync("components/*.yaml", { cwd: root }).map((file) => parse(read(file)) as Component);
  const heardBy = (name: string) =>
    components
      .filter(({ kind, scopes }) => kind === "Subscription" && scopes?.includes(name))
      .map(({ spec }) => spec.topic);
  const keeps = (name: string, store: string) =>
    components.some(({ metadata, scopes }) => metadata.name === store && scopes?.includes(name));
  const told = services.map(({ name, keeps, hears }) => [
    name,
    hears,
    /state \(Redis\)/.test(keeps),
    /state \(MySQL\)/.test(keeps),
  ]);
  const names = services.map(({ name }) => name);
  expect(told).toEqual(
    names.map((name) => [name, heardBy(name).join(", "), keeps(name, "statestore"), keeps(name, "keepstore")]),
  );
});
