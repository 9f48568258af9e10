// The first step of every npm script that a newcomer runs: plain Node, no packages, because it is what
// installs them. It does nothing, in a few milliseconds, when nothing is to do.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** @param {string} version as in process.versions.node */
export function isNodeRecent(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** @param {string} path */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

/**
 * Whether what is installed is what the lock file says. Times tell nothing here: a checkout touches the lock
 * file, so the two lists are compared. An optional package may be absent: it is for another platform.
 * @param {string} folder
 */
export function arePackagesInstalled(folder) {
  const installedList = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installedList)) return false;
  try {
    const installed = packagesOf(installedList);
    return Object.entries(packagesOf(join(folder, "package-lock.json"))).every(([path, wanted]) => {
      if (path === "") return true;
      const present = installed[path];
      if (present === undefined) return wanted.optional === true || wanted.devOptional === true;
      return present.version === wanted.version && present.integrity === wanted.integrity;
    });
  } catch {
    return false;
  }
}

/** @param {string} folder @returns {number} when the newest file in it was written, in ms */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);
}

/** @param {string} folder */
export function isPageBuilt(folder) {
  const sources = join(folder, "services", "web");
  if (!existsSync(join(sources, "vite.config.ts"))) return true;
  const page = join(folder, "dist", "web", "index.html");
  return existsSync(page) && statSync(page).mtimeMs > newest(sources);
}

/** @param {string} what @param {readonly string[]} args of npm */
function npm(what, args) {
  process.stdout.write(`  ${what} …\n`);
  const start = Date.now();
  const { status } = spawnSync("npm", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    process.stderr.write(`  "npm ${args.join(" ")}" failed: see above. Put it right and run this again.\n`);
    process.exit(1);
  }
  process.stdout.write(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

/** Installs the packages and builds the page where that is to do. */
export function makeReady() {
  if (!isNodeRecent(process.versions.node)) {
    process.stderr.write(
      `Gorder needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org\n`,
    );
    process.exit(1);
  }
  if (!arePackagesInstalled(root)) {
    npm("installing the npm packages as the lock file says (npm ci, up to a minute)", [
      "ci",
      "--no-audit",
      "--no-fund",
    ]);
  }
  if (!isPageBuilt(root)) npm("building the page", ["run", "--silent", "build:web"]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) makeReady();
