import { expect, test } from "vitest";
import { memoryStorage } from "../testing.ts";
import { asPicked, keepPicks } from "./picks.ts";

const item = (productId: string) => ({
  productId,
  name: productId,
  quantity: 1,
  unitPrice: { amount: 1, currency: "eur" },
});
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name).join(" ");
const placed = (id: string) => ({ id, items: ["bread", "soup", "tea"].map(item) });
const picked = new Map([
  ["tea", 1],
  ["bread", 1],
]);

test("items are in the order in which they were picked, and what was not goes last", () => {
  const storage = memoryStorage();
  keepPicks(storage, "1", picked);
  expect(names(asPicked(storage, placed("1")))).toBe("tea bread soup");
  expect(names(asPicked(storage, placed("2")))).toBe("bread soup tea");
});

test("the last twenty orders are remembered, and what is no list is forgotten", () => {
  const storage = memoryStorage();
  for (let id = 0; id <= 20; id += 1) keepPicks(storage, String(id), picked);
  expect(names(asPicked(storage, placed("0")))).toBe("bread soup tea");
  expect(names(asPicked(storage, placed("1")))).toBe("tea bread soup");
  for (const kept of ["{", "7", '[7,["1"],["1",2]]'])
    expect(names(asPicked(memoryStorage({ "gorder.picks": kept }), placed("1")))).toBe("bread soup tea");
});
