import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { banner, entries, ours } from "./build.ts";
import { listOfParts, packagesIn } from "./sbom.ts";

const root = join(import.meta.dirname, "..", "..");
const page = "dist/web";
const staffPage = "dist/staff";
const family = ["preact", "@fontsource-variable/figtree", "@fontsource-variable/fraunces"];
const connect = ["@connectrpc/connect", "@connectrpc/connect-web", "@bufbuild/protobuf"];

/** What the pages' bundles are made of, which are made by another program. */
const inPages: Readonly<Record<string, readonly string[]>> = { [page]: family, [staffPage]: [...family, ...connect] };
const docs = ["package.json", "swagger-ui.css", "swagger-ui-bundle.js"].map(
  (file) => `node_modules/swagger-ui-dist/${file}`,
);

/** What an image holds beside its bundle, at the same paths as here. */
const files: Readonly<Record<string, readonly string[]>> = {
  order: [page, ...docs],
  page: [page],
  staff: [staffPage],
  stock: ["services/stock/menu.json"],
};

/** What else than the service itself can be run from its image: file without ".js" -> its entry. */
const more: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stock: { migrate: "services/stock/migrate.ts" },
};

/**
 * Lays out what the image of one service holds: `main.js` with all packages in it, the files it serves, and the list
 * of parts (CycloneDX) of what was put in.
 */
export async function layOutImage(service: string, to: string): Promise<void> {
  const entry = Object.entries(entries).find(([name]) => name === service)?.[1];
  if (entry === undefined) throw new Error(`SERVICE is "${service}"; there are: ${Object.keys(entries).join(", ")}`);
  const shipped = files[service] ?? [];
  const pages = shipped.filter((file) => file in inPages);
  if (pages.length > 0) npm("run", "--silent", "build:web");
  const { metafile } = await bundle({
    ...ours,
    entryPoints: { main: entry, ...more[service] },
    outdir: to,
    banner,
    metafile: true,
  });
  for (const file of shipped) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file), { recursive: true });
  }
  writeFileSync(join(to, "package.json"), '{ "type": "module" }\n');
  const all: unknown = JSON.parse(npm("sbom", "--sbom-format", "cyclonedx", "--package-lock-only"));
  const bundled = pages.flatMap((file) => inPages[file] ?? []).map((name) => `node_modules/${name}/package.json`);
  const parts = packagesIn([...Object.keys(metafile.inputs), ...shipped, ...bundled]);
  writeFileSync(join(to, "sbom.cdx.json"), JSON.stringify(listOfParts(all, service, parts), null, 2));
}

function npm(...args: string[]): string {
  const { status, stdout } = spawnSync("npm", args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed`);
  return stdout;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [service = "", to = join(root, "dist", "image", service)] = process.argv.slice(2);
  await layOutImage(service, to);
}
