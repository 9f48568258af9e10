import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../ops/command/run.ts";
import { root } from "../../stack/parts/services.ts";

/** What Redocly's linter has against a description of an API; empty: nothing. It asks nobody and tells nobody. */
export async function apiFindings(document: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gorder-api-"));
  try {
    const file = join(folder, "openapi.json");
    await writeFile(file, JSON.stringify(document, null, 2));
    const words = ["lint", file, "--config", join(import.meta.dirname, "redocly.yaml"), "--format", "checkstyle"];
    const env = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    const { code, output } = await run(join(root, "node_modules", ".bin", "redocly"), words, { env });
    return code === 0 ? "" : output;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
