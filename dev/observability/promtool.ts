import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { run } from "../../ops/command/run.ts";
import { ensurePrograms } from "../programs/ensure.ts";
import type { AlertCase } from "./alertCase.ts";
import { groups } from "./rules.ts";

async function promtool(words: readonly string[], files: Readonly<Record<string, string>>): Promise<string[]> {
  const { promtool: program } = await ensurePrograms(["promtool"]);
  const folder = mkdtempSync(join(tmpdir(), "gorder-rules-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { code, output } = await run(program, words, { cwd: folder });
    return code === 0 ? [] : output.split("\n").filter((line) => line.trim() !== "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `promtool check rules` has against a rule file; empty when nothing. */
export function ruleFindings(rules: string): Promise<string[]> {
  return promtool(["check", "rules", "rules.yaml"], { "rules.yaml": rules });
}

/** What `promtool test rules` says of a case: empty when the alert fires or rests as it should. */
export function caseFindings(
  rules: string,
  { alert, severity, series, every = "1m", at, fires }: AlertCase,
): Promise<string[]> {
  const which = [`alertname="${alert}"`, 'alertstate="firing"', ...(severity ? [`severity="${severity}"`] : [])];
  const test = {
    rule_files: ["rules.yaml"],
    evaluation_interval: every,
    // Else promtool takes any, and alerts would look for shares that are not recorded yet.
    group_eval_order: groups.map(({ name }) => name),
    tests: [
      {
        interval: every,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            // One is enough, of however many labels there are.
            expr: `count(ALERTS{${which.join()}}) > bool 0`,
            eval_time: at,
            exp_samples: fires ? [{ labels: "{}", value: 1 }] : [],
          },
        ],
      },
    ],
  };
  return promtool(["test", "rules", "test.yaml"], { "rules.yaml": rules, "test.yaml": stringify(test) });
}
