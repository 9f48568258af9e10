import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";

const root = join(import.meta.dirname, "..");

/** What is bundled: file in dist/ without ".js" -> its entry. */
const entries = {
  order: "services/order/main.ts",
  stock: "services/stock/main.ts",
  payment: "services/payment/main.ts",
  kitchen: "services/kitchen/main.ts",
  standin: "services/payment/standin/main.ts",
};

/** Bundles our own code of every service into `dist/<name>.js`; packages stay where they are. */
export async function build(): Promise<void> {
  const missing = Object.values(entries).filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0) throw new Error(`cannot build: there is no ${missing.join(", ")}`);
  await bundle({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: "dist",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    // Our own `#common/*` looks like a package to esbuild.
    alias: { "#common": join(root, "services", "common") },
    // What is imported only when it is needed stays in a file of its own.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    sourcemap: true,
    logLevel: "warning",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await build();
