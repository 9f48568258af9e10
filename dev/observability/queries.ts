import { boards } from "./files.ts";
import { groups } from "./rules.ts";

/** One question to Prometheus and where it stands. */
export type Asked = { readonly where: string; readonly expr: string };

/** Grafana's own words, as they come to a panel of a quarter of an hour. */
const grafanas: Readonly<Record<string, string>> = { $__rate_interval: "1m", $__range: "15m" };

/** Every query of every dashboard and rule, ready to be asked. */
export function queries(): Asked[] {
  const ofBoards = boards.flatMap(({ name, rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap((panel) => panel.queries.map(({ expr }) => ({ where: `${name}: ${panel.title}`, expr }))),
    ),
  );
  const ofRules = groups.flatMap(({ name, rules }) =>
    rules.map((rule) => ({ where: `${name}: ${"alert" in rule ? rule.alert : rule.record}`, expr: rule.expr })),
  );
  return [...ofBoards, ...ofRules].map(({ where, expr }) => ({
    where,
    expr: expr.replace(/\$__\w+/g, (word) => grafanas[word] ?? word),
  }));
}
