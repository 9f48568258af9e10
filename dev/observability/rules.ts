import { stringify } from "yaml";
import type { Alert } from "./alert.ts";
import { alerts } from "./alerts.ts";
import { burnAlerts, objectives, type Recorded, recordedShares } from "./objectives.ts";

type AlertRule = {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
};
/** What stands in a rules file. */
export type Rule = AlertRule | Recorded;
type Group = { readonly name: string; readonly interval?: string; readonly rules: readonly Rule[] };

/** Every alert, those of the objectives as well. */
export const allAlerts: readonly Alert[] = [...alerts, ...objectives.flatMap(burnAlerts)];

/** The page of an alert, from the root of the repository. */
export function runbookOf(name: string): string {
  return `docs/runbooks/${name}.md`;
}

function ruleOf({ name, severity, expr, for: lasting, summary }: Alert): AlertRule {
  const annotations = { summary, runbook_url: runbookOf(name) };
  return { alert: name, expr, for: lasting, labels: { severity }, annotations };
}

/** The rule groups, as a Prometheus' rule file and a PrometheusRule's `spec` have them. */
export const groups: readonly Group[] = [
  { name: "gorder-objectives", interval: "30s", rules: objectives.flatMap(recordedShares) },
  { name: "gorder-alerts", rules: allAlerts.map(ruleOf) },
];

/** The rule file. */
export function rulesYaml(): string {
  return stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
}
