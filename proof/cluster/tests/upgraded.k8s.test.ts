import { expect, test } from "vitest";
import { apps } from "../../../dev/services.ts";
import { twoOfEach } from "../before.ts";
import { install } from "../chart.ts";
import { podsOf } from "../kubectl.ts";
import { demandClosedBooks } from "./books.ts";
import { startLoad } from "./load.ts";
import { mealFor, payAndEat, place } from "./meal.ts";

/** A pod that was told to end lets its last requests go first. */
const gone = { timeout: 120_000, interval: 1_000 };
const pods = async () => (await Promise.all(apps.map(podsOf))).flat().map(({ metadata }) => metadata.name);

// The version before is installed when this begins: proof/cluster/before.ts.
test("an upgrade from the version before, under load, loses no order, and the books close", async () => {
  await mealFor("a guest of the version before");
  const before = await pods();
  const ordered = await place();
  const load = await startLoad(2);
  await install(twoOfEach);
  await load.end();
  await expect.poll(async () => (await pods()).filter((name) => before.includes(name)), gone).toEqual([]);
  await payAndEat(ordered, "whose order was there before the upgrade");
  await mealFor("a guest after the upgrade");
  await demandClosedBooks();
}, 1_200_000);
