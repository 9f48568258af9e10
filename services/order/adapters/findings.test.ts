import { expect, test, vi } from "vitest";
import { createMetrics } from "#common/metrics";
import { keptLogs } from "#common/testing/logs";
import { placed, stamp } from "../testing/orders.ts";
import { findings } from "./findings.ts";
import { memoryOrders } from "./memoryOrders.ts";

async function given() {
  const [orders, logger, metrics] = [memoryOrders(), keptLogs(), createMetrics("order", false)];
  const order = placed();
  await orders.add(order);
  const clock = { seconds: 1 };
  const report = findings({ metrics, logger, orders, now: () => stamp(clock.seconds).at.getTime() });
  const orderId = order.snapshot.id;
  return { orders, logger, metrics, report, orderId, clock };
}

test("a finding is counted, logged by what became of it, and written down with its order", async () => {
  const { orders, logger, metrics, report, orderId } = await given();
  report({ kind: "not_sold", outcome: "reported", orderId });
  await vi.waitFor(async () => expect(await orders.faulty(1)).toHaveLength(1));
  const [order] = await orders.faulty(1);
  expect(order?.snapshot.found).toEqual([{ kind: "not_sold", outcome: "reported", at: stamp(1).at }]);
  expect(logger.lines).toMatchObject([{ level: "error", fields: { orderId, kind: "not_sold" } }]);
  expect(await metrics.registry.metrics()).toContain(
    'gorder_reconciler_findings_total{kind="not_sold",outcome="reported",service="order"} 1',
  );
});

test("what is found again is the same finding, seen later", async () => {
  const { orders, report, orderId, clock } = await given();
  report({ kind: "payment_unheard", outcome: "repaired", orderId });
  report({ kind: "not_sold", outcome: "reported", orderId });
  await vi.waitFor(async () => expect((await orders.faulty(1))[0]?.snapshot.found).toHaveLength(2));
  clock.seconds = 9;
  report({ kind: "payment_unheard", outcome: "repaired", orderId });
  const seen = async () => (await orders.faulty(1))[0]?.snapshot.found?.map(({ kind, at }) => [kind, at]);
  const later = [
    ["not_sold", stamp(1).at],
    ["payment_unheard", stamp(9).at],
  ];
  await vi.waitFor(async () => expect(await seen()).toEqual(later));
});

test("a finding that cannot be written down is in the log all the same", async () => {
  const { logger, report } = await given();
  report({ kind: "not_sold", outcome: "reported", orderId: "nobody's" });
  await vi.waitFor(() => expect(logger.lines).toHaveLength(2));
  expect(logger.lines[1]).toMatchObject({ level: "warn", fields: { orderId: "nobody's", kind: "not_sold" } });
});
