// The first step of every npm script that a newcomer runs: plain Node, no packages, because it is what
// installs them. It does nothing, in a few milliseconds, when nothing is to do.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {string} version as in process.versions.node
 * @param {number} sinceMajor
 * @param {number} sinceMinor
 */
export function isNodeSince(version, sinceMajor, sinceMinor) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

/**
 * Whether what comes after this step runs on a Node that can run it: the one among the packages, which npm puts
 * first on the PATH of its scripts, or else the machine's own.
 * @param {string} folder
 * @param {string} version the machine's, as in process.versions.node
 */
export function isNodeThere(folder, version) {
  return existsSync(join(folder, "node_modules", "node", "bin", "node")) || isNodeSince(version, 22, 15);
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

/**
 * How many of the locked packages have been unpacked.
 * @param {string} folder
 */
export function countUnpacked(folder) {
  const paths = Object.keys(packagesOf(join(folder, "package-lock.json"))).filter((path) => path !== "");
  return paths.filter((path) => existsSync(join(folder, path, "package.json"))).length;
}

/**
 * How far an installation is, each time that it is asked; when nothing has come for long, also where that may lie: npm tries
 * for minutes before it says a word.
 * @param {string} folder
 * @param {() => number} [now] in milliseconds
 */
export function watchUnpacking(folder, now = Date.now) {
  let [last, since] = [0, now()];
  return () => {
    const count = countUnpacked(folder);
    if (count !== last) [last, since] = [count, now()];
    const still = Math.round((now() - since) / 1000);
    const why = still < 20 ? "" : `, and none for ${still} s: does this machine reach npm's registry?`;
    return `${count} packages are unpacked${why}`;
  };
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
  const since = newest(sources);
  const pages = ["web", "staff"].map((name) => join(folder, "dist", name, "index.html"));
  return pages.every((page) => existsSync(page) && statSync(page).mtimeMs > since);
}

/** @param {string} why @returns {never} */
function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

/**
 * @param {string} what @param {readonly string[]} args of npm
 * @param {() => string} [progress] said every five seconds: nobody waits in front of a screen that stands still
 */
async function npm(what, args, progress) {
  process.stdout.write(`  ${what} …\n`);
  const start = Date.now();
  const tell = () =>
    progress && process.stdout.write(`    ${Math.round((Date.now() - start) / 1000)} s: ${progress()}\n`);
  const ticking = setInterval(tell, 5_000);
  const child = spawn("npm", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const status = await new Promise((resolve) => child.once("error", () => resolve(1)).once("exit", resolve));
  clearInterval(ticking);
  if (status !== 0) refuse(`  "npm ${args.join(" ")}" failed: see above. Put it right and run this again.`);
  process.stdout.write(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

/** Installs the packages and, unless the command works on sources alone, builds the pages where that is to do. */
export async function makeReady({ pages = true } = {}) {
  const own = process.versions.node;
  if (!isNodeSince(own, 20, 19)) refuse(`Gorder needs Node 20.19 or newer; this is ${own}. See https://nodejs.org`);
  if (!arePackagesInstalled(root)) {
    const what = "installing the npm packages as the lock file says (npm ci, up to a minute)";
    await npm(what, ["ci", "--fetch-retries=5"], watchUnpacking(root));
  }
  if (!isNodeThere(root, own)) {
    refuse(`npm did not install Gorder's own Node, and this one is ${own}: too old. Does npm run install scripts?`);
  }
  if (pages && !isPageBuilt(root)) await npm("building the pages", ["run", "--silent", "build:web"]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await makeReady({ pages: process.argv[2] !== "--packages" });
