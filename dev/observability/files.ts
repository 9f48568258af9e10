import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { load } from "./dashboards/load.ts";
import { messages } from "./dashboards/messages.ts";
import { type Board, dashboardJson } from "./dashboards/panels.ts";
import { services } from "./dashboards/services.ts";
import { shop } from "./dashboards/shop.ts";
import { rulesYaml } from "./rules.ts";

const folder = join(import.meta.dirname, "..", "..", "helm", "files", "observability");

/** Every dashboard. */
export const boards: readonly Board[] = [shop, services, messages, load];

/** Every generated file by its path in helm/files/observability, as it should be. */
export function generatedFiles(): Record<string, string> {
  const dashboards = boards.map((board) => [`dashboards/${board.name}.json`, dashboardJson(board)]);
  const head = "# Generated from dev/observability by `npm run observability`.\n";
  return { "rules.yaml": `${head}${rulesYaml()}`, ...Object.fromEntries(dashboards) };
}

/** The same files as they are. */
export function presentFiles(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

/** Writes them anew; what is no longer generated goes. */
export function writeFiles(): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(generatedFiles())) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
