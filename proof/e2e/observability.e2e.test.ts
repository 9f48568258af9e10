import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { askAll, faultsOf } from "../../dev/observability/ask.ts";
import { queries } from "../../dev/observability/queries.ts";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { apps } from "../../dev/services.ts";
import { Fleet } from "../../dev/stack/fleet.ts";
import { local } from "../../dev/stack/parts/context.ts";
import { prometheus } from "../../dev/stack/parts/prometheus.ts";
import { showAnswers } from "../../dev/stack/showAnswers.ts";
import { runningStack } from "../../dev/stack/state.ts";

const stack = inject("stack");

/** A real Prometheus that reads the services of the tests' stack, on the port which that stack left free. */
async function observed(): Promise<string> {
  const { prometheus: program } = await ensurePrograms(["prometheus"]);
  const port = runningStack(stack.dataFolder)?.ports.prometheus ?? 0;
  const home = await mkdtemp(join(tmpdir(), "gorder-prometheus-"));
  const fleet = new Fleet(
    home,
    () => {},
    () => {},
  );
  onTestFinished(async () => {
    await fleet.stop();
    await rm(home, { recursive: true, force: true });
  });
  const targets = apps.flatMap((service) =>
    stack.apps[service].appUrls.map((url) => ({ service, port: Number(new URL(url).port) })),
  );
  await fleet.start("servers", prometheus({ program, home, port, targets }));
  return local(port);
}

test("Prometheus takes every query of every dashboard and rule, and knows what is asked about the shop", {
  timeout: 400_000,
}, async () => {
  const url = await observed();
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
