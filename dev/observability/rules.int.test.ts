import { expect, test } from "vitest";
import { moneyCases } from "./moneyCases.ts";
import { caseFindings, ruleFindings } from "./promtool.ts";
import { allAlerts, rulesYaml } from "./rules.ts";
import { shopCases } from "./shopCases.ts";
import { systemCases } from "./systemCases.ts";

const alertCases = [...shopCases, ...moneyCases, ...systemCases];

const rules = rulesYaml();

test("promtool has nothing against the rules, and finds what is wrong with others", async () => {
  expect(await ruleFindings(rules)).toEqual([]);
  const broken = rules.replace("max(gorder_orders", "max(gorder_orders(");
  expect((await ruleFindings(broken)).join()).toContain("could not parse expression");
});

test("every alert, in each of its severities, has a case that raises it and one that does not", () => {
  const lacking = allAlerts.flatMap(({ name, severity }) =>
    [true, false]
      .filter(
        (fires) =>
          !alertCases.some(
            (one) => one.alert === name && (one.severity ?? severity) === severity && one.fires === fires,
          ),
      )
      .map((fires) => `${name} (${severity}) ${fires ? "fires" : "rests"}`),
  );
  expect(lacking).toEqual([]);
});

test.each(alertCases.map((one) => [one.alert, one.fires ? "fires" : "rests", one.when, one] as const))(
  "%s %s when %s",
  async (_alert, _fires, _when, one) => {
    expect(await caseFindings(rules, one)).toEqual([]);
  },
);

test("a case that expects the wrong thing is found", async () => {
  const [first] = alertCases;
  if (first === undefined) throw new Error("there are no cases");
  expect((await caseFindings(rules, { ...first, fires: !first.fires })).join()).toContain("FAILED");
});
