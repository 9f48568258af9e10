import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../stack/parts/services.ts";
import { composeFile } from "./compose.ts";
import { daprRunFile, daprRunFolder } from "./daprRun.ts";

/** All files for ways to run it that we do not run ourselves: path from the root of the repository -> text. */
export function runFiles(): Record<string, string> {
  return { "compose.yaml": composeFile(), "dapr.yaml": daprRunFile(), ...daprRunFolder() };
}

/** Writes them. */
export function writeRunFiles(): void {
  for (const [path, text] of Object.entries(runFiles())) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
