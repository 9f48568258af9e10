import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { missingPackages, readLock } from "./lockfile.ts";
import {
  arePackagesInstalled,
  countUnpacked,
  isNodeSince,
  isNodeThere,
  isPageBuilt,
  watchUnpacking,
} from "./ready.mjs";

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gorder-ready-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

const lock = (packages: object) => JSON.stringify({ packages });

test.each([
  ["20.19.0", true],
  ["20.18.9", false],
  ["18.20.0", false],
  ["22.0.0", true],
])("Node %s is recent enough to begin with: %s", (version, recent) => {
  expect(isNodeSince(version, 20, 19)).toBe(recent);
});

test("an older Node may begin, and goes on only where npm has installed the newer one", async () => {
  expect(isNodeThere(await folderWith({}), "22.15.0")).toBe(true);
  expect(isNodeThere(await folderWith({}), "22.14.0")).toBe(false);
  expect(isNodeThere(await folderWith({ "node_modules/node/bin/node": "" }), "20.19.0")).toBe(true);
});

test("every npm script runs on the Node that the images ship, and its types are checked against that one", async () => {
  const root = join(import.meta.dirname, "..", "..");
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { stdout } = await promisify(execFile)("npm", ["exec", "--", "node", "--version"], { cwd: root });
  expect(stdout.trim()).toBe(`v${devDependencies.node}`);
  const major = stdout.slice(1, stdout.indexOf("."));
  expect(await readFile(join(root, "Dockerfile"), "utf8")).toContain(`ARG BASE=node:${major}-`);
  expect(devDependencies["@types/node"]).toMatch(new RegExp(`^${major}\\.`));
});

/** Vite's build is what readiness itself runs; these need npm alone, or a lock file that does not fit yet. */
const without = ["build:web", "typecheck:web", "sbom", "lockfile"];

test("every npm script makes ready what it needs: none fails with a stack trace for want of an install", async () => {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, "..", "..", "package.json"), "utf8"));
  const names = Object.keys(scripts).filter((name) => !(name.startsWith("pre") && name.slice(3) in scripts));
  const unready = names.filter((name) => !/^node \S+\/ready\.mjs/.test(scripts[`pre${name}`] ?? ""));
  expect(unready.sort()).toEqual(without.sort());
});

test.each([
  ["as locked", { "node_modules/a": { version: "1.0.0" } }, true],
  ["older than locked", { "node_modules/a": { version: "0.9.0" } }, false],
  ["not there", {}, false],
])("packages that are %s: installed = %s", async (_, installed, expected) => {
  const folder = await folderWith({
    "package-lock.json": lock({ "": {}, "node_modules/a": { version: "1.0.0" } }),
    "node_modules/.package-lock.json": lock(installed),
  });
  expect(arePackagesInstalled(folder)).toBe(expected);
});

test("while npm installs, the packages that have been unpacked are counted", async () => {
  const wanted = { "": {}, "node_modules/a": {}, "node_modules/@b/c": {}, "node_modules/later": {} };
  const unpacked = { "node_modules/a/package.json": "{}", "node_modules/@b/c/package.json": "{}" };
  expect(countUnpacked(await folderWith({ "package-lock.json": lock(wanted), ...unpacked }))).toBe(2);
});

test("an installation that stands still says where that may lie, until the next package comes", async () => {
  const folder = await folderWith({ "package-lock.json": lock({ "node_modules/a": {} }) });
  let now = 0;
  const ask = watchUnpacking(folder, () => now);
  now = 15_000;
  expect(ask()).toBe("0 packages are unpacked");
  now = 20_000;
  expect(ask()).toBe("0 packages are unpacked, and none for 20 s: does this machine reach npm's registry?");
  await mkdir(join(folder, "node_modules", "a"), { recursive: true });
  await writeFile(join(folder, "node_modules", "a", "package.json"), "{}");
  expect(ask()).toBe("1 packages are unpacked");
});

test("a package for another platform may be missing", async () => {
  const folder = await folderWith({
    "package-lock.json": lock({ "node_modules/a": { version: "1.0.0", optional: true } }),
    "node_modules/.package-lock.json": lock({}),
  });
  expect(arePackagesInstalled(folder)).toBe(true);
});

test("packages are not installed where nothing is, or a list is broken", async () => {
  expect(arePackagesInstalled(await folderWith({ "package-lock.json": lock({}) }))).toBe(false);
  const broken = { "package-lock.json": lock({}), "node_modules/.package-lock.json": "{" };
  expect(arePackagesInstalled(await folderWith(broken))).toBe(false);
});

test("the pages are built anew when a source is newer, or when one of them is missing", async () => {
  const folder = await folderWith({ "services/web/vite.config.ts": "", "dist/web/index.html": "" });
  const at = (name: string, time: number) => utimes(join(folder, name), time, time);
  await at("services/web/vite.config.ts", 1000);
  await at("dist/web/index.html", 2000);
  expect(isPageBuilt(folder)).toBe(false);
  await mkdir(join(folder, "dist/staff"));
  await writeFile(join(folder, "dist/staff/index.html"), "");
  await at("dist/staff/index.html", 2000);
  expect(isPageBuilt(folder)).toBe(true);
  await at("services/web/vite.config.ts", 3000);
  expect(isPageBuilt(folder)).toBe(false);
});

test("npm ci accepts the lock file on every platform (else: npm run lockfile)", () => {
  const lock = readLock();
  expect(missingPackages(lock)).toEqual([]);
  const { "node_modules/@biomejs/cli-darwin-arm64": _, ...others } = lock.packages;
  expect(missingPackages({ ...lock, packages: others }).map(({ name }) => name)).toEqual(["@biomejs/cli-darwin-arm64"]);
});
