import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../ops/command/run.ts";

const root = join(import.meta.dirname, "..", "..");
const bin = join(root, "node_modules", ".bin");

function filesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** Files of `services/common/genproto` that differ from what `proto/` generates, are missing, or too many. */
export async function staleGeneratedFiles(generated = join(root, "services", "common", "genproto")): Promise<string[]> {
  const fresh = await mkdtemp(join(tmpdir(), "gorder-genproto-"));
  try {
    const env = { PATH: `${bin}:${process.env.PATH ?? ""}` };
    const { code, output } = await run(join(bin, "buf"), ["generate", "-o", fresh], { cwd: root, env });
    if (code !== 0) throw new Error(`buf generate failed:\n${output}`);
    const wanted = filesIn(join(fresh, "services", "common", "genproto"));
    const present = filesIn(generated);
    const names = new Set([...wanted.keys(), ...present.keys()]);
    return [...names].filter((name) => wanted.get(name) !== present.get(name)).sort();
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** What in this folder of contracts breaks those who use the committed ones; empty when nothing does. */
export async function breakingChanges(proto = "proto"): Promise<string> {
  const baseline = join(root, "dev", "check", "contracts.binpb");
  const config = '{"version":"v1","breaking":{"use":["FILE"]}}';
  const { code, output } = await run(join(bin, "buf"), ["breaking", proto, "--against", baseline, "--config", config], {
    cwd: root,
  });
  return code === 0 ? "" : output;
}
