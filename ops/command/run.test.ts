import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runAgain } from "./run.ts";

/** A command that fetches something, and succeeds at this attempt. */
function fetching(succeedsAt: number) {
  const folder = mkdtempSync(join(tmpdir(), "gorder-run-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = `echo >>attempts; wc -l <attempts; [ "$(wc -l <attempts)" -ge ${succeedsAt} ]`;
  return runAgain("sh", ["-c", script], { cwd: folder }, 1);
}

test.each([
  [1, 0, "1"],
  [3, 0, "3"],
  [4, 1, "3"],
])("what succeeds at attempt %d ends with %d after %s", async (succeedsAt, code, attempts) => {
  const outcome = await fetching(succeedsAt);
  expect([outcome.code, outcome.stdout.trim()]).toEqual([code, attempts]);
});
