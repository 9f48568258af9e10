import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { demandBalance } from "./ledger.ts";
import { mysqlConnection, newGuest, newProducts, rows } from "./shop.ts";

const { apps, appApiToken } = inject("stack");

/** Reserves one unit for an order that is never stored, as when the order service dies in between. */
async function reserveForNobody(productId: string): Promise<string> {
  const orderId = randomUUID();
  const response = await fetch(`${apps.stock.appUrl}/stock.v1.StockService/ReserveItems`, {
    method: "POST",
    headers: { "content-type": "application/json", "dapr-api-token": appApiToken },
    body: JSON.stringify({ reservations: [{ orderId, lines: [{ productId, quantity: 1 }], ttlSeconds: 1 }] }),
  });
  expect(response.status).toBe(200);
  return orderId;
}

test("what is reserved for an order that never came goes back in time, what a living order waits for stays its own", async () => {
  const [tea = ""] = await newProducts(10);
  const guest = await newGuest();
  const alive = String((await guest.order([{ productId: tea, quantity: 2 }])).body.id);
  const mysql = await mysqlConnection();
  await mysql.execute("UPDATE reservations SET expires_at = NOW() - INTERVAL 1 DAY WHERE order_id = ?", [alive]);
  const nobody = await reserveForNobody(tea);
  const held = async () => {
    const sql =
      "SELECT order_id, status, expires_at > UTC_TIMESTAMP() AS holds FROM reservations WHERE order_id IN (?)";
    const found = await rows(mysql, sql, [[alive, nobody]]);
    return Object.fromEntries(found.map(({ order_id, status, holds }) => [order_id, [status, Number(holds)]]));
  };
  await expect.poll(held).toEqual({ [alive]: ["reserved", 1], [nobody]: ["released", 0] });
  expect((await demandBalance({ [tea]: 10 }))[tea]).toEqual({ available: 8, reserved: 2, sold: 0 });
});
