import { expect, inject, it } from "vitest";
import { aProduct, ledgerOf } from "../../testing.ts";
import { transaction } from "./database.ts";
import { moveUnits } from "./moveUnits.ts";
import { mysqlStock } from "./stock.ts";
import { temporaryPool, temporaryReplicas } from "./testing.ts";

it("undoes everything when one product has too few units, even for a caller who did not look before", async () => {
  const menu = [aProduct("cake"), aProduct("tea", { available: 2 })];
  const { address } = await temporaryReplicas(inject("stack").mysqlUrl, menu, 1);
  const pool = temporaryPool(address);
  const units = new Map([
    ["cake", 1],
    ["tea", 3],
  ]);
  await expect(transaction(pool, (on) => moveUnits(on, units, "available", "reserved"))).rejects.toThrow(
    "only 1 of 2 products had enough units available",
  );
  expect(await ledgerOf(mysqlStock(pool))).toEqual({ cake: [10, 0, 0], tea: [2, 0, 0] });
});
