import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { chart, render } from "./render.ts";

/** The file of an example's values. */
export const base = (example: string) => join(chart, "examples", `${example}.yaml`);

/** Renders the chart with an example's values and these over them. */
export function renderWith(example: string, values: object): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "gorder-values-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "values.yaml");
  writeFileSync(file, stringify(values));
  return render({ name: "test", files: [base(example), file] });
}
