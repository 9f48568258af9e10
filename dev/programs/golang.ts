import { readFileSync } from "node:fs";
import { appendFile, cp, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOf, run, runAgain } from "../../ops/command/run.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { ensureCached, findCached } from "./cache.ts";
import { which } from "./onPath.ts";
import { type PinnedProgram, pins } from "./pins.ts";

/** A program that is built of its pinned source. */
export type GoProgram = {
  readonly name: PinnedProgram;
  readonly binary: string;
  /** A folder under `go/` with its own go.mod; without, the package is built by `go install`. */
  readonly module?: string;
  readonly package: string;
  readonly tags?: string;
  /** The variables that the linker sets to the version, for programs that do not know it otherwise. */
  readonly versionVariables?: readonly string[];
  /** A change to one of the modules it is made of: a patch beside its go.mod. */
  readonly patch?: { readonly module: string; readonly file: string };
  readonly takes: string;
};

/** No cgo: the binary runs on any Linux, and no C library's headers are needed. */
const environment = { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };

function moduleFolder(program: GoProgram): string | undefined {
  return program.module === undefined ? undefined : join(import.meta.dirname, "go", program.module);
}

function commandOf(program: GoProgram): readonly string[] {
  const version = pins[program.name];
  const set = (program.versionVariables ?? []).map((variable) => ` -X ${variable}=${version}`);
  const flags = ["-buildvcs=false", "-ldflags", `-s -w${set.join("")}`];
  if (program.tags !== undefined) flags.push("-tags", program.tags);
  const folder = moduleFolder(program);
  if (folder === undefined) return ["install", ...flags, `${program.package}@v${version}`];
  return ["build", "-C", folder, "-mod=readonly", ...flags, "-o", `OUT/${program.binary}`, program.package];
}

function entryOf(program: GoProgram) {
  const folder = moduleFolder(program);
  const own = [...(program.package === "." ? ["main.go"] : []), ...(program.patch ? [program.patch.file] : [])];
  const sources = folder === undefined ? [] : ["go.mod", "go.sum", ...own];
  const texts = sources.map((file) => readFileSync(join(folder ?? "", file), "utf8"));
  const flags = commandOf(program).filter((word) => word !== folder);
  const recipe = JSON.stringify([process.platform, process.arch, flags, texts]);
  return { name: program.name, version: pins[program.name], recipe, file: program.binary };
}

/** Its path, if it was built before. */
export function findGoProgram(program: GoProgram): string | undefined {
  return findCached(entryOf(program));
}

/** Builds it unless it is there. @returns its path. @throws when there is no Go. */
export async function buildGoProgram(program: GoProgram): Promise<string> {
  const go = which("go");
  const title = `${program.name} ${pins[program.name]}`;
  if (go === undefined) {
    throw new Error(`${title} has to be built, and Go is not on PATH: install Go 1.25 or newer (https://go.dev/dl)`);
  }
  return ensureCached(entryOf(program), async (folder) => {
    const start = Date.now();
    say(`  ${title}: building from its Go module (${program.takes} on two cores, less with a warm Go cache) …`);
    const args = commandOf(program).map((word) => word.replace(/^OUT\//, `${folder}/`));
    const workshop = await mkdtemp(join(tmpdir(), "gorder-build-"));
    const source = moduleFolder(program);
    if (program.patch && source !== undefined) {
      await copyPatched(go, source, program.patch, workshop);
      args[args.indexOf(source)] = workshop;
    }
    const { code, output } = await runAgain(go, args, { env: { ...environment, GOBIN: folder } });
    await rm(workshop, { recursive: true, force: true });
    if (code !== 0) {
      throw new Error(
        `${title} could not be built; the end of the build's log:\n${endOf(output)}\n` +
          "  Go needs its module proxy (see `go env GOPROXY`) and version 1.25 or newer (`go version`). Then run this again.",
      );
    }
    // `go install` names the file after the package's folder.
    for (const file of await readdir(folder)) await rename(join(folder, file), join(folder, program.binary));
    say(`  ${title}: built in ${seconds(start)}`);
  });
}

/** Copies a folder of `go/` and replaces one module that it needs by a patched copy of it. */
async function copyPatched(
  go: string,
  source: string,
  { module, file }: NonNullable<GoProgram["patch"]>,
  workshop: string,
): Promise<void> {
  await cp(source, workshop, { recursive: true });
  const download = await runAgain(go, ["mod", "download", "-json", module], { cwd: workshop, env: environment });
  const { Dir: original } = JSON.parse(download.output.slice(download.output.indexOf("{"))) as { Dir: string };
  const copy = join(workshop, "patched");
  await cp(original, copy, { recursive: true });
  await run("chmod", ["-R", "u+w", copy]);
  // Without the ceiling git would take a surrounding checkout for the place to patch, and change nothing.
  const applied = await run("git", ["apply", join(source, file)], {
    cwd: copy,
    env: { GIT_CEILING_DIRECTORIES: workshop },
  });
  if (applied.code !== 0) throw new Error(`${file} does not fit ${module}:\n${endOf(applied.output)}`);
  await appendFile(join(workshop, "go.mod"), `\nreplace ${module} => ./patched\n`);
}
