import { expect, inject, test } from "vitest";
import { askAll, faultsOf } from "../../dev/observability/ask.ts";
import { queries } from "../../dev/observability/queries.ts";
import { apps } from "../../dev/services.ts";
import { showAnswers } from "../../dev/stack/showAnswers.ts";
import { runningStack } from "../../dev/stack/state.ts";
import { startPrometheus } from "../testing/prometheus.ts";

const stack = inject("stack");

test("Prometheus takes every query of every dashboard and rule, and knows what is asked about the shop", {
  timeout: 400_000,
}, async () => {
  const targets = apps.flatMap((service) =>
    stack.apps[service].appUrls.map((url) => ({ service, port: Number(new URL(url).port) })),
  );
  // The port that the tests' stack left free.
  const url = await startPrometheus(runningStack(stack.dataFolder)?.ports.prometheus ?? 0, targets);
  const lines = await showAnswers({ page: stack.apps.order.url, prometheus: url });
  expect(lines).toHaveLength(6);
  const answers = await askAll(url);
  expect(answers).toHaveLength(queries().length);
  expect(answers.filter(({ error }) => error !== undefined)).toEqual([]);
});

test("a query that is refused, and one about the shop that finds nothing, are told with where they stand", () => {
  const [where, expr, series] = ["gorder-shop: Ready", "up", 0];
  expect(faultsOf([{ where, expr, series }])).toEqual(["gorder-shop: Ready: nothing for up"]);
  expect(faultsOf([{ where: "gorder-load: Guests", expr, series }])).toEqual([]);
  expect(faultsOf([{ where, expr, series: 1, error: "parse error" }])).toEqual([
    "gorder-shop: Ready: parse error in up",
  ]);
});
