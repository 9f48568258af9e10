import { expect, inject, it } from "vitest";
import { isKind } from "#common/errors";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { settleReservations } from "../../app/command/settleReservations.ts";
import { settleOverdue } from "../../app/overdue.ts";
import { anOrder, aProduct, ledgerOf, noOrders, noPrices } from "../../testing.ts";
import { overdueContract } from "../overdue.suite.ts";
import { run } from "./database.ts";
import { temporaryPool, temporaryReplicas } from "./testing.ts";

const server = inject("stack").mysqlUrl;

overdueContract("MySQL", async (menu) => (await temporaryReplicas(server, menu, 2)).stocks);

it("an overdue reservation whose row somebody keeps locked is left within limits, and is released afterwards", async () => {
  const { address, at } = await temporaryReplicas(server, [aProduct("tea")], 1);
  const order = anOrder({ tea: 2 });
  await at(0).reserve([order], noPrices);
  const other = await temporaryPool(address, 1).getConnection();
  await run(other, "START TRANSACTION");
  await run(other, "SELECT * FROM reservations FOR UPDATE");
  const settle = settleReservations({ stock: at(0), orders: noOrders, count: () => {}, now: Date.now });
  const overdue = { orderIds: [order.orderId], deadline: order.expiresAt };
  await expect(settle(overdue)).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  expect(await ledgerOf(at(0))).toEqual({ tea: [8, 2, 0] });
  const claim = { deadline: order.expiresAt, now: order.expiresAt, until: order.expiresAt, limit: 9 };
  expect(await at(0).claimDue(claim)).toEqual([]);
  await run(other, "ROLLBACK");
  expect(await settle(overdue)).toEqual([{ status: "fulfilled", value: true }]);
  expect(await ledgerOf(at(0))).toEqual({ tea: [10, 0, 0] });
});

it("ten that can never be released fail alone, each for itself, and those that are settled with them are released", async () => {
  const { address, at } = await temporaryReplicas(server, [aProduct("tea")], 1);
  const held = Array.from({ length: 9 }, () => anOrder({ tea: 1 }));
  await at(0).reserve(held, noPrices);
  const impossible = Array.from({ length: 10 }, () => anOrder({ tea: 1 }).orderId);
  const lines = JSON.stringify([
    { productId: "tea", name: "tea", quantity: 99, unitPrice: { amount: 1, currency: "eur" }, stripePriceId: "" },
  ]);
  const sql = "INSERT INTO reservations (order_id, status, `lines`, expires_at) VALUES ?";
  const rows = impossible.map((orderId) => [orderId, "reserved", lines, new Date(0)]);
  await run(await temporaryPool(address, 1).getConnection(), sql, [rows]);
  const now = () => held[0]?.expiresAt.getTime() ?? 0;
  const settle = settleReservations({ stock: at(0), orders: noOrders, count: () => {}, now });
  const metrics = createMetrics("stock", false);
  await settleOverdue({ stock: at(0), settle, graceMs: 0, now, logger: silentLogger, metrics })();
  expect(await ledgerOf(at(0))).toEqual({ tea: [10, 0, 0] });
  expect([await at(0).countFailed(1), await at(0).countFailed(2)]).toEqual([10, 0]);
});
