import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "golden");

/**
 * The same YAML without what differs each time: secrets that the chart makes, and checksums of them. Nor with Grafana's
 * dashboards, which a test of their own compares with their source.
 */
export function masked(yaml: string): string {
  return yaml
    .split(/^---\n/m)
    .map((document) => (/^kind: Secret$/m.test(document) ? maskedSecret(document) : document))
    .map((document) =>
      /^kind: ConfigMap$[\s\S]*grafana_dashboard:/m.test(document)
        ? document.replace(/^( {4})\{$[\s\S]*/m, "$1…\n")
        : document,
    )
    .map((document) => document.replace(/(checksum\/[\w-]+: )\S+/g, "$1…"))
    .join("---\n");
}

function maskedSecret(document: string): string {
  const [head = "", data = ""] = document.split(/^(?=data:)/m);
  return head + data.replace(/^( {2}[\w.-]+: ).*$/gm, "$1…");
}

/** The documents of a rendering that another one, on which it builds, does not have word for word. */
export function beyond(base: string, yaml: string): string {
  const known = new Set(base.split(/^---\n/m));
  return yaml
    .split(/^---\n/m)
    .filter((document) => !known.has(document))
    .join("---\n");
}

/** Where a rendering first leaves the one that was reviewed; `undefined` when it is the same. */
export function firstDifference(reviewed: string, rendered: string): string | undefined {
  const [old, now] = [reviewed.split("\n"), rendered.split("\n")];
  const at = now.findIndex((line, index) => line !== old[index]);
  if (at === -1 && old.length === now.length) return undefined;
  const line = at === -1 ? now.length : at;
  return `line ${line + 1}: "${old[line] ?? ""}" became "${now[line] ?? ""}"`;
}

/** The rendering of an example as it was reviewed; empty when there is none yet. */
export function readGolden(name: string): string {
  try {
    return readFileSync(join(folder, `${name}.yaml`), "utf8");
  } catch {
    return "";
  }
}

export function writeGolden(name: string, yaml: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.yaml`), yaml);
}
