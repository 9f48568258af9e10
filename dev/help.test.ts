import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../ops/command/run.ts";

const root = join(import.meta.dirname, "..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

test("npm run help names every command in one line, in the order of package.json, and no other", async () => {
  const { code, stdout } = await run(process.execPath, ["--import", "tsx", "dev/help.ts"], { cwd: root });
  expect(code).toBe(0);
  const named = [...stdout.matchAll(/^ {4}npm run (\S+) +\S/gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(scripts).filter((name) => !/^pre/.test(name)));
});
