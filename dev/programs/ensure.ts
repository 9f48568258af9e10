import { alreadyThere, goPrograms } from "./catalogue.ts";
import { type DebianProgram, debianPrograms, installDebian } from "./debian.ts";
import { buildGoProgram, findGoProgram } from "./golang.ts";
import { fetchZipkin, findZipkin } from "./maven.ts";
import { type PinnedProgram, pins } from "./pins.ts";
import { fetchSchemathesis, findSchemathesis } from "./python.ts";

/** A program that the stack, or a test, runs. */
export type ProgramName =
  | PinnedProgram
  | "rabbitmq-server"
  | "redis-server"
  | "mysqld"
  | "chromium"
  | "java"
  | "prometheus"
  | "promtool"
  | "python3";

/** Every one, in the order in which they are fetched. */
export const allPrograms: readonly ProgramName[] = [
  ...(Object.keys(pins) as PinnedProgram[]),
  "rabbitmq-server",
  "redis-server",
  "mysqld",
  "chromium",
  "java",
  "python3",
  "prometheus",
  "promtool",
];

function isPinned(name: ProgramName): name is PinnedProgram {
  return name in pins;
}

function debian(name: ProgramName): DebianProgram {
  const program = debianPrograms.find((candidate) => candidate.name === name);
  if (program === undefined) throw new Error(`no recipe for ${name}`);
  return program;
}

/** Where the program is now, without making anything. `ferretdb` may be a real mongod. */
export async function findProgram(name: ProgramName): Promise<string | undefined> {
  if (!isPinned(name)) return debian(name).find();
  const own = await alreadyThere[name]();
  if (own !== undefined) return own;
  const recipe = goPrograms.find((program) => program.name === name);
  if (recipe !== undefined) return findGoProgram(recipe);
  return name === "zipkin" ? findZipkin() : findSchemathesis();
}

async function make(name: PinnedProgram): Promise<string> {
  const recipe = goPrograms.find((program) => program.name === name);
  if (recipe !== undefined) return buildGoProgram(recipe);
  return name === "zipkin" ? fetchZipkin() : fetchSchemathesis();
}

/** Installs, builds or fetches what is missing and answers with every program's path. */
export async function ensurePrograms<Name extends ProgramName>(names: readonly Name[]): Promise<Record<Name, string>> {
  const found = await Promise.all(names.map(async (name) => [name, await findProgram(name)] as const));
  const paths = new Map<ProgramName, string>();
  for (const [name, path] of found) if (path !== undefined) paths.set(name, path);
  const missing = names.filter((name) => !paths.has(name));
  const packages = missing.filter((name) => !isPinned(name)).map(debian);
  if (packages.length > 0) await installDebian(packages);
  for (const program of packages) {
    const path = await program.find();
    if (path === undefined) throw new Error(`${program.name} is still missing after installing ${program.package}`);
    paths.set(program.name as ProgramName, path);
  }
  // One after the other: each Go build takes every core anyway.
  for (const name of missing) if (isPinned(name)) paths.set(name, await make(name));
  return Object.fromEntries(paths) as Record<Name, string>;
}
