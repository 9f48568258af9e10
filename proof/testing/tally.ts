/** What became of the tests, and of what kept tests from being counted at all. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Files that did not load, errors outside any test, and the like: each counts as a failure. */
  readonly problems: readonly string[];
  /** False as long as the runner has not said that it is through. */
  readonly finished: boolean;
};

/** The verdict on a run: its last line, and whether it may be called a success. */
export function verdict(tally: Tally | undefined, exitCode: number): { line: string; ok: boolean; notes: string[] } {
  const { passed = 0, skipped = 0, problems = [], finished = false } = tally ?? {};
  const notes = [...problems];
  if (!finished) notes.push(`the test runner ended before it was through (exit code ${exitCode})`);
  if (finished && passed + (tally?.failed ?? 0) === 0) notes.push("no test was run");
  let failed = (tally?.failed ?? 0) + notes.length;
  if (failed === 0 && exitCode !== 0) {
    notes.push(`the test runner ended with exit code ${exitCode}`);
    failed = 1;
  }
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  return { line, ok: failed === 0, notes };
}

/** The verdict on several runs together. */
export function together(verdicts: readonly { line: string; ok: boolean }[]): { line: string; ok: boolean } {
  const count = (word: string) =>
    verdicts.reduce((sum, { line }) => sum + Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0), 0);
  const skipped = count("skipped");
  const line = `${count("passed")} passed, ${count("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  return { line, ok: verdicts.length > 0 && verdicts.every(({ ok }) => ok) };
}
