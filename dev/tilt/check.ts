import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { say } from "../../ops/command/say.ts";
import { endWith, readWords } from "../../ops/command/words.ts";
import { policyFindings } from "../chart/policy.ts";
import { objectsIn } from "../chart/render.ts";
import { schemaFindings } from "../chart/schemas.ts";
import { argumentFindings } from "./arguments.ts";
import { type Call, evaluate } from "./evaluate.ts";
import { appliedYaml, resourceFindings } from "./resources.ts";

const root = join(import.meta.dirname, "..", "..");
/** The file that Tilt reads. */
export const tiltfile = join(root, "Tiltfile");

/** What a live update needs and no pod elsewhere may have. */
const allowed = "may write to its root file system";

/** Everything that is wrong with a Tiltfile's calls. */
export function callFindings(calls: readonly Call[]): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  return [...argumentFindings(calls, Object.keys(scripts)), ...resourceFindings(calls)];
}

/** Everything that is wrong with a Tiltfile's calls, and with what it would apply. */
export async function tiltFindings(calls: readonly Call[]): Promise<string[]> {
  const objects = objectsIn(appliedYaml(calls));
  const policy = policyFindings(objects).filter((finding) => !finding.endsWith(allowed));
  return [...callFindings(calls), ...policy, ...(await schemaFindings(objects))];
}

const help = `npm run tilt:check [-- --yaml]   evaluates the Tiltfile without Tilt

  --yaml   prints what it would apply instead`;

async function main(): Promise<void> {
  const { yaml } = readWords(help, { options: { yaml: { type: "boolean" } } }).values;
  const calls = await evaluate(tiltfile);
  if (yaml) return void process.stdout.write(appliedYaml(calls));
  const findings = await tiltFindings(calls);
  for (const finding of findings) say(`  ${finding}`);
  const objects = objectsIn(appliedYaml(calls)).length;
  say(`  ${calls.length} calls, ${objects} objects to apply: ${findings.length === 0 ? "all is well" : "see above"}`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main().catch(endWith);
}
