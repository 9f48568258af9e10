import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { withLock } from "./lock.ts";

/** Where built and fetched programs live, outside the checkout so that every checkout shares them. */
export function cacheFolder(): string {
  return process.env.GORDER_CACHE ?? join(homedir(), ".cache", "gorder");
}

type Entry = {
  readonly name: string;
  readonly version: string;
  /** Everything that decides what comes out: files, flags, platform. */
  readonly recipe: string;
  readonly file: string;
};

/** The version and the recipe are in the folder's name, so what is there is never stale. */
function folderOf({ name, version, recipe }: Entry): string {
  const stamp = createHash("sha256").update(recipe).digest("hex").slice(0, 10);
  return join(cacheFolder(), "programs", `${name}-${version}-${stamp}`);
}

/** The path of what was made before; undefined when that is not there. */
export function findCached(entry: Entry): string | undefined {
  const path = join(folderOf(entry), entry.file);
  return existsSync(path) ? path : undefined;
}

/** Makes the entry unless it is there; `make` writes into a folder that appears only when it is whole. */
export async function ensureCached(entry: Entry, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = folderOf(entry);
  await mkdir(join(cacheFolder(), "programs"), { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (findCached(entry) !== undefined) return;
    const draft = await mkdtemp(`${folder}.`);
    try {
      await make(draft);
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
  return join(folder, entry.file);
}
