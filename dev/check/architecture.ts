import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";

/** A source file: its path from the root of the repository, with forward slashes. */
export type Module = { readonly path: string; readonly source: string };

type Import = { readonly name: string; readonly typeOnly: boolean };

/** Our own shared code that talks to the outside: fit for adapters, ports and main, not for rules. */
const outwardCommon =
  /^services\/common\/(genproto|connect|http|dapr|consul|consulToken|tracing|startTracing|config|authorities|process|serve|service)\b/;

/** These may be named for their types alone: what is behind them writes, counts, keeps and calls. */
const typesOnlyCommon = /^services\/common\/(logging|metrics|kept|signIn)\b/;

/** The schemas of the guests' API, which the page takes its types from: its document is made of them too. */
const pagesContract = "services/order/ports/http/schemas.ts";

/** The composition root of the embedded way, which knows everybody. */
const knowsAll = /^services\/embedded(\/|\.)/;

/** What a module imports or exports of others, comments left out. */
export function importsOf(source: string): Import[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
  const statement =
    /\b(import|export)\s+(type\s+)?(?:[\w*\s{},$]+?\sfrom\s*)?["']([^"']+)["']|\bimport\s*\(\s*["']([^"']+)["']/g;
  return [...code.matchAll(statement)].map((match) => ({
    name: match[3] ?? match[4] ?? "",
    typeOnly: match[2] !== undefined,
  }));
}

/** Where an import of our own leads, as a path from the root; packages stay as they are. */
export function resolve(from: string, name: string): string {
  if (name.startsWith("#common/")) return `services/common/${name.slice("#common/".length)}`;
  return name.startsWith(".") ? posix.join(posix.dirname(from), name) : name;
}

function serviceOf(path: string): string | undefined {
  return /^services\/([^/]+)\//.exec(path)?.[1];
}

/** Whether it only tests, plays or helps to test. */
export function isTest(path: string): boolean {
  return /\.(test|suite)\.tsx?$|\/testing/.test(path);
}

function isInner(path: string): boolean {
  return /^services\/[^/]+\/(domain|app)\//.test(path) && !isTest(path);
}

function innerFault(path: string, target: string, { typeOnly }: Import): string | undefined {
  if (!target.startsWith("services/")) return "domain and app import no packages";
  if (outwardCommon.test(target)) return "domain and app import nothing that does I/O, nor generated code";
  if (typesOnlyCommon.test(target) && !typeOnly) return "domain and app use what logs, counts and keeps by its types";
  if (/^services\/[^/]+\/(adapters|ports)\//.test(target)) return "domain and app do not know adapters and ports";
  if (path.includes("/domain/") && /^services\/[^/]+\/app\//.test(target)) return "domain does not know app";
  return undefined;
}

function generatedFault(path: string, target: string, layered: ReadonlySet<string>): string | undefined {
  if (!target.startsWith("services/common/genproto/") || isTest(path) || path.startsWith("services/common/")) return;
  const service = serviceOf(path);
  if (service === undefined || !layered.has(service)) return undefined; // a flat service has no layers to keep it in
  return /\/(adapters|ports)\//.test(path) ? undefined : "generated code stays in adapters and ports";
}

function neighbourFault(path: string, target: string, { typeOnly }: Import): string | undefined {
  if (typeOnly && target === pagesContract && path.startsWith("services/web/")) return undefined;
  const [from, to] = [serviceOf(path), serviceOf(target)];
  if (from === undefined || to === undefined || from === to || to === "common" || knowsAll.test(path)) return undefined;
  // Payment's adapters are tried against Stripe's stand-in.
  if (isTest(path) && [from, to].includes("standin")) return undefined;
  return from === "common" ? "common knows no service" : "services know each other by their contracts alone";
}

function outerFault(path: string, target: string, { typeOnly }: Import): string | undefined {
  if (isTest(path)) return undefined;
  if (/^(ops|dev|proof)\//.test(target)) return "services know nothing of what runs and proves them";
  if (isTest(target)) return "what runs knows nothing of its tests";
  if (/\/adapters\//.test(path) && /\/ports\//.test(target)) return "adapters do not know ports";
  if (/\/ports\//.test(path) && /\/adapters\//.test(target) && !typeOnly)
    return "ports are given adapters, and know their types alone";
  return undefined;
}

/** What a rule may not ask by itself: it is given the time, and a replay of it comes to the same. */
const ownClock = /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/;

/** Every inner module that reads a clock, as "path: rule". */
export function clockFaults(modules: readonly Module[]): string[] {
  return modules
    .filter(({ path, source }) => isInner(path) && ownClock.test(source))
    .map(({ path }) => `${path}: domain and app are given the time, which may be another one than the process's`);
}

/** Every import that breaks a rule, as "path imports target: rule". */
export function violations(modules: readonly Module[]): string[] {
  const layered = new Set(
    modules.filter(({ path }) => path.includes("/domain/")).map(({ path }) => serviceOf(path) ?? ""),
  );
  return modules.flatMap(({ path, source }) =>
    importsOf(source).flatMap((its) => {
      const target = resolve(path, its.name);
      const faults = [
        isInner(path) ? innerFault(path, target, its) : undefined,
        generatedFault(path, target, layered),
        neighbourFault(path, target, its),
        outerFault(path, target, its),
      ];
      return faults.flatMap((fault) => (fault === undefined ? [] : [`${path} imports ${its.name}: ${fault}`]));
    }),
  );
}

/** Every circle of modules that need each other to run, as a path back to its beginning. */
export function circles(modules: readonly Module[]): string[] {
  const paths = new Set(modules.map(({ path }) => path));
  const needs = new Map(
    modules.map(({ path, source }) => {
      const targets = importsOf(source).flatMap((its) => (its.typeOnly ? [] : [resolve(path, its.name)]));
      return [path, targets.flatMap((target) => [target, `${target}.ts`].filter((file) => paths.has(file)))];
    }),
  );
  return waysRound(needs);
}

/** Every way through what each needs that comes back to where it was, as "a > b > a". */
export function waysRound(needs: ReadonlyMap<string, Iterable<string>>): string[] {
  const done = new Set<string>();
  const follow = (name: string, way: readonly string[]): string[] => {
    if (way.includes(name)) return [[...way.slice(way.indexOf(name)), name].join(" > ")];
    if (done.has(name)) return [];
    const found = [...(needs.get(name) ?? [])].flatMap((next) => follow(next, [...way, name]));
    done.add(name);
    return found;
  };
  return [...needs.keys()].flatMap((name) => follow(name, []));
}

/** The longest that a file written by hand may be, in lines. */
const mostLines = 250;

/** Every file that is longer than one reads at a time. */
export function tooLong(modules: readonly Module[]): string[] {
  return modules.flatMap(({ path, source }) => {
    const lines = source.trimEnd().split("\n").length;
    return lines > mostLines ? [`${path} has ${lines} lines`] : [];
  });
}

/** All of our own code, but for what is generated. */
export function readCode(root: string): Module[] {
  return ["services", "ops", "dev", "proof"].flatMap((folder) => readFolder(root, folder));
}

/** All of our own service code, but for what is generated. */
export function readServices(root: string): Module[] {
  return readFolder(root, "services");
}

function readFolder(root: string, folder: string): Module[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(root, file).replaceAll("\\", "/"), source: readFileSync(file, "utf8") }))
    .filter(({ path }) => !path.startsWith("services/common/genproto/"));
}
