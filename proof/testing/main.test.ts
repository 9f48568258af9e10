import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../ops/command/run.ts";

const root = join(import.meta.dirname, "..", "..");
const npmTest = (...words: string[]) =>
  run(process.execPath, ["--import", "tsx", "proof/testing/main.ts", ...words], { cwd: root });

test("npm test -- --help is ours, and no test is run for it", async () => {
  const { code, stdout } = await npmTest("--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^npm test \[-- FILE/);
  expect(stdout).toContain("--project NAME");
});

test.each([["--bogus"], ["-t"]])(
  "%s, which Vitest would answer with a stack trace, is answered in one sentence",
  async (word) => {
    const { code, output } = await npmTest(word);
    expect(code).toBe(2);
    expect(output.trim()).toMatch(new RegExp(`^.*${word}.*: "npm test -- --help" says what there is$`));
  },
);
