import { expect, inject, it } from "vitest";
import { isKind } from "#common/errors";
import { restock } from "../../domain/dish.ts";
import { anAct, anOrder, aProduct, ledgerOf, noPrices } from "../../testing.ts";
import { retiredContract } from "../retired.suite.ts";
import { staffContract } from "../staff.suite.ts";
import { type CutAt, cuttingFirstCommit } from "./commitCut.ts";
import { run, transaction } from "./database.ts";
import { lockShelf } from "./products.ts";
import { mysqlStock } from "./stock.ts";
import { temporaryPool, temporaryReplicas } from "./testing.ts";

const server = inject("stack").mysqlUrl;

staffContract("MySQL", async (menu) => (await temporaryReplicas(server, menu, 1)).at(0));
retiredContract("MySQL", async (menu) => (await temporaryReplicas(server, menu, 1)).at(0));

it.each<{ at: CutAt; stored: number[] }>([
  { at: "the commit", stored: [10, 0, 0] },
  { at: "its answer", stored: [15, 0, 0] },
])("a connection lost at $at leaves dish, movement and record agreeing, and the repeat adds once", async (given) => {
  const { address, at } = await temporaryReplicas(server, [aProduct("tea")], 1);
  const cut = mysqlStock(temporaryPool(await cuttingFirstCommit(address, given.at)));
  const act = anAct("dish.restock", "tea");
  const perform = () => cut.staff.perform(act, (found) => restock(found, 5));
  await expect(perform()).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  const written = given.at === "the commit" ? 0 : 1;
  expect(await ledgerOf(at(0))).toEqual({ tea: given.stored });
  expect(await at(0).staff.movements("tea", { limit: 9 })).toHaveLength(written);
  expect(await at(0).staff.acts({}, { limit: 9 })).toHaveLength(written);
  expect(await perform()).toMatchObject({ dish: { available: 15 }, movement: { quantity: 5 } });
  expect(await ledgerOf(at(0))).toEqual({ tea: [15, 0, 0] });
});

it("orders of different dishes do not wait for each other, nor for whoever closes the shop", async () => {
  const { address, at } = await temporaryReplicas(server, [aProduct("tea"), aProduct("cake")], 1);
  const pool = temporaryPool(address);
  await transaction(pool, async (holding) => {
    await lockShelf(holding, ["tea"]);
    expect(await at(0).reserve([anOrder({ cake: 1 })], noPrices)).toMatchObject([{ outcome: "reserved" }]);
    await run(holding, "UPDATE shop SET closed = TRUE WHERE id = 1");
    expect(await at(0).reserve([anOrder({ cake: 1 })], noPrices)).toMatchObject([{ outcome: "reserved" }]);
    await transaction(pool, (other) => lockShelf(other, ["cake"]));
  });
  expect(await at(0).reserve([anOrder({ cake: 1 })], noPrices)).toMatchObject([{ outcome: "rejected", closed: "" }]);
});

it("an act on what is no product's id is refused as one on no dish", async () => {
  const { at } = await temporaryReplicas(server, [aProduct("tea")], 1);
  for (const target of ["té", "' OR 1=1 --", "🍜"]) {
    const done = at(0).staff.perform(anAct("dish.restock", target), (found) => restock(found, 1));
    await expect(done).rejects.toSatisfy((error) => isKind(error, "not_found"));
  }
  expect(await ledgerOf(at(0))).toEqual({ tea: [10, 0, 0] });
});
