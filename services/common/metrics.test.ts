import { expect, test, vi } from "vitest";
import { createMetrics } from "#common/metrics";

test("a gauge whose source is away is left out and counted, and the others answer", async () => {
  const { registry, gauge } = createMetrics("test", false);
  gauge("orders", "-", ["status"], async (orders) => {
    orders.set({ status: "paid" }, 1);
    throw new Error("the database is away");
  });
  gauge("age", "-", [], () => {
    throw new Error("the database is away");
  });
  gauge("cooks", "-", [], (cooks) => cooks.set(4));
  // Counters are read beside the gauges that they count: the second reading has them for sure.
  await registry.metrics();
  const text = await registry.metrics();
  expect(text).not.toMatch(/^(orders|age)[{ ]/m);
  expect(text).toMatch(/^cooks\{service="test"\} 4$/m);
  expect(text).toMatch(/^gorder_gauges_left_out_total\{gauge="orders",service="test"\} [12]$/m);
});

test("a gauge whose source never answers is left out after two seconds", async () => {
  vi.useFakeTimers();
  const { registry, gauge } = createMetrics("test", false);
  gauge("orders", "-", [], () => new Promise(() => {}));
  gauge("cooks", "-", [], (cooks) => cooks.set(4));
  const text = registry.metrics();
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  expect(await text).not.toMatch(/^orders[{ ]/m);
  expect(await text).toMatch(/^cooks\{/m);
});

test("a gauge whose source is back is there again", async () => {
  const { registry, gauge } = createMetrics("test", false);
  let away = true;
  gauge("age", "-", [], (age) => {
    if (away) throw new Error("the database is away");
    age.set(7);
  });
  await registry.metrics();
  away = false;
  expect(await registry.metrics()).toMatch(/^age\{service="test"\} 7$/m);
});

test("what runs says its version and Node's", async () => {
  const { registry } = createMetrics("test", false);
  const node = process.versions.node.replaceAll(".", "\\.");
  expect(await registry.metrics()).toMatch(
    new RegExp(`^gorder_build_info\\{version="\\d+\\.\\d+\\.\\d+",node="${node}",service="test"\\} 1$`, "m"),
  );
});
