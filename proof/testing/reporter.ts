import { writeFileSync } from "node:fs";
import type { Reporter, TestModule, TestState } from "vitest/node";
import type { Tally } from "./tally.ts";

/** Writes the tally to the file that `GORDER_TALLY` names, after every test file, so that a crash leaves a count. */
export default class TallyReporter implements Reporter {
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };
  readonly #problems: string[] = [];

  onTestModuleEnd(module: TestModule): void {
    const names: Record<TestState, keyof Tally & ("passed" | "failed" | "skipped")> = {
      passed: "passed",
      failed: "failed",
      skipped: "skipped",
      pending: "failed",
    };
    for (const test of module.children.allTests()) this.#counts[names[test.result().state]] += 1;
    for (const error of module.errors()) this.#problems.push(`${module.relativeModuleId}: ${error.message}`);
    for (const suite of module.children.allSuites()) {
      for (const error of suite.errors()) this.#problems.push(`${suite.fullName}: ${error.message}`);
    }
    this.#write(false);
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: readonly { message: string }[], reason: string): void {
    for (const error of errors) this.#problems.push(error.message);
    if (reason === "interrupted") this.#problems.push("the run was interrupted");
    this.#write(true);
  }

  #write(finished: boolean): void {
    const file = process.env.GORDER_TALLY;
    if (file === undefined) return;
    const tally: Tally = { ...this.#counts, problems: this.#problems, finished };
    writeFileSync(file, JSON.stringify(tally));
  }
}
