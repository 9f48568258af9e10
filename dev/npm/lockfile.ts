import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { say } from "../../ops/command/say.ts";
import { readWords } from "../../ops/command/words.ts";

type Package = { readonly optionalDependencies?: Readonly<Record<string, string>>; readonly license?: string };
type Lock = { readonly packages: Readonly<Record<string, Package>> };

/** The path of the lock file. */
export const lockfile = join(import.meta.dirname, "..", "..", "package-lock.json");

/** What the lock file says. */
export function readLock(): Lock {
  return JSON.parse(readFileSync(lockfile, "utf8")) as Lock;
}

/**
 * Packages for other platforms that the lock file refers to and does not list. A registry that lacks them makes
 * `npm install` drop them without a word, and from then on `npm ci` refuses the file, here and everywhere.
 */
export function missingPackages({ packages }: Lock): { name: string; version: string; license: string | undefined }[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies, license }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name]) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
      .map(([name, version]) => ({ name, version, license })),
  );
}

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "x64"];

/** What such a package would say of itself, read off its name. */
function entryFor({ name, version, license }: ReturnType<typeof missingPackages>[number]) {
  const words = name.replace("armv7", "arm").split(/[-/]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`package-lock.json lacks ${name}@${version}, and its name does not tell its platform`);
  }
  return { version, cpu: [cpu], dev: true, license, optional: true, os: [os] };
}

const help =
  "npm run lockfile   adds what a registry without the packages of other platforms left out of package-lock.json";

/** After an `npm install` from a registry that lacks packages for other platforms. */
function complete(): void {
  readWords(help);
  const lock = readLock();
  const missing = missingPackages(lock);
  const added = missing.map((wanted) => [`node_modules/${wanted.name}`, entryFor(wanted)] as const);
  const all = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(lockfile, `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`);
  say(`  ${missing.length} packages added to package-lock.json`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) complete();
