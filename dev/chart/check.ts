import { pathToFileURL } from "node:url";
import { say, seconds } from "../../ops/command/say.ts";
import { endWith, readWords } from "../../ops/command/words.ts";
import { jobObjects } from "../../ops/load/job.ts";
import { scenarios } from "../../ops/load/scenarios.ts";
import { reachableKubectl, serverFindings } from "./cluster.ts";
import { beyond, firstDifference, masked, readGolden, writeGolden } from "./golden.ts";
import { policyFindings } from "./policy.ts";
import { type Example, examples, type KubeObject, lintFindings, objectsIn, render } from "./render.ts";
import { schemaFindings } from "./schemas.ts";
import { writeReadme } from "./valuesReadme.ts";

type Rendered = { readonly name: string; readonly objects: readonly KubeObject[] };
/** One thing that was looked at, and everything that is wrong with it. */
export type Verdict = { readonly title: string; readonly findings: readonly string[] };

/** What is to be reviewed of an example: of one that builds on another, only what it changes. */
async function golden({ name, files }: Example, yaml: string): Promise<string> {
  const [base] = files;
  if (base === undefined || files.length === 1) return masked(yaml);
  return beyond(masked(await render({ name, files: [base] })), masked(yaml));
}

async function reviewGolden(example: Example, yaml: string, write: boolean): Promise<string[]> {
  const now = await golden(example, yaml);
  if (write) writeGolden(example.name, now);
  const difference = firstDifference(readGolden(example.name), now);
  if (difference === undefined) return [];
  return [`dev/chart/golden, ${difference}`, 'see it all with "npm run k8s:check -- --write" and git diff'];
}

/** Looks at the chart with every example's values, and at the load tests' Jobs. @param write takes what is there for reviewed. */
export async function* checkAll(write: boolean): AsyncGenerator<Verdict> {
  const all: Rendered[] = scenarios.map((name) => ({ name, objects: jobObjects(name, {}) as KubeObject[] }));
  for (const example of examples()) {
    const { name } = example;
    yield { title: `${name}: helm lint`, findings: await lintFindings(example) };
    const yaml = await render(example);
    yield { title: `${name}: as reviewed`, findings: await reviewGolden(example, yaml, write) };
    all.push({ name, objects: objectsIn(yaml) });
  }
  for (const { name, objects } of all) yield { title: `${name}: policy`, findings: policyFindings(objects) };
  const objects = unique(all.flatMap(({ objects }) => objects));
  yield { title: `schemas of ${objects.length} objects`, findings: await schemaFindings(objects) };
  const kubectl = await reachableKubectl();
  if (kubectl === undefined) return;
  for (const { name, objects } of all) {
    yield { title: `${name}: API server`, findings: await serverFindings(kubectl, objects) };
  }
}

/** Examples have most of their objects in common. */
function unique(objects: readonly KubeObject[]): KubeObject[] {
  return [...new Map(objects.map((object) => [JSON.stringify(object), object])).values()];
}

const help = `npm run k8s:check [-- --write]   all that can be said of the chart without installing it

  --write   takes what the examples render to now for reviewed, and writes helm/README.md of the values`;

async function main(): Promise<void> {
  const { write } = readWords(help, { options: { write: { type: "boolean", default: false } } }).values;
  if (write) writeReadme();
  const begun = Date.now();
  let wrong = 0;
  for await (const { title, findings } of checkAll(write)) {
    say(`  ${findings.length === 0 ? "ok    " : "FAILED"} ${title}`);
    for (const finding of findings) say(`           ${finding}`);
    wrong += findings.length;
  }
  if ((await reachableKubectl()) === undefined) say("  no cluster is at hand: no API server was asked");
  say(`  ${wrong === 0 ? "all is well" : `${wrong} things are wrong`}, after ${seconds(begun)}`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main().catch(endWith);
}
