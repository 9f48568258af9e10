import { existsSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build as bundle } from "esbuild";
import { entryOf, services } from "../services.ts";

const root = join(import.meta.dirname, "..", "..");

/** What is bundled: file in dist/ without ".js" -> its entry. */
export const entries: Readonly<Record<string, string>> = Object.fromEntries(
  services.map((name) => [name, entryOf(name)]),
);

/** How our own code is bundled, wherever it goes. */
export const ours = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.15",
  // Our own `#common/*` looks like a package to esbuild.
  alias: { "#common": join(root, "services", "common") },
  // What is imported only when it is needed stays in a file of its own.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  logLevel: "warning",
} satisfies BuildOptions;

/** Packages that are CommonJS ask for Node's own modules by require. */
export const banner = {
  js: 'import { createRequire as requireIn } from "node:module"; const require = requireIn(import.meta.url);',
};

/** Bundles every service into `dist/<name>.js`, packages and all, as the images hold it. */
export async function build(): Promise<void> {
  const missing = Object.values(entries).filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0) throw new Error(`cannot build: there is no ${missing.join(", ")}`);
  await bundle({
    ...ours,
    entryPoints: entries,
    outdir: "dist",
    banner,
  });
}
