import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../../ops/command/run.ts";
import { entries } from "../build/build.ts";
import { ensurePrograms } from "../programs/ensure.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, ".github", "workflows");
const files = readdirSync(folder);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

test("GitHub's workflows are what its language allows", async () => {
  const { actionlint } = await ensurePrograms(["actionlint"]);
  const { code, output } = await run(actionlint, [
    "-no-color",
    "-shellcheck=",
    ...files.map((file) => join(folder, file)),
  ]);
  expect({ code, output }).toEqual({ code: 0, output: "" });
});

test.each(files)("every npm command of %s is a script of ours", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const named = [...text.matchAll(/run: npm (?:run )?(?!ci\b)([\w:]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => name !== undefined && scripts[name] === undefined)).toEqual([]);
});

/** Node's image brings none, and Debian's is too old for the programs of the stack. */
test.each(files)("every job of %s that runs in a container brings Go", (file) => {
  type Job = { container?: string; steps: { uses?: string }[] };
  const { jobs } = parse(readFileSync(join(folder, file), "utf8")) as { jobs: Record<string, Job> };
  const without = Object.entries(jobs).filter(
    ([, { container, steps }]) => container && !steps.some(({ uses }) => uses?.startsWith("actions/setup-go@")),
  );
  expect(without.map(([name]) => name)).toEqual([]);
});

test("a release makes an image of each program that is built", () => {
  const { jobs } = parse(readFileSync(join(folder, "release.yml"), "utf8"));
  expect([...jobs.images.strategy.matrix.service].sort()).toEqual(Object.keys(entries).sort());
});
