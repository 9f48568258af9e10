import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { DishSchema } from "#common/genproto/stock/v1/staff_pb";
import { inCategories, moveEarlier } from "./categories.ts";

const aDish = (productId: string, category: string, position: number) =>
  create(DishSchema, { productId, category, position });
const dishes = [aDish("cola", "Drinks", 30), aDish("soup", "Starters", 10), aDish("pizza", "Mains", 20)];

test("a category stands where its first dish does", () => {
  expect(inCategories([...dishes, aDish("tea", "Drinks", 5)]).map(({ name }) => name)).toEqual([
    "Drinks",
    "Starters",
    "Mains",
  ]);
});

test("a category comes before its neighbour, and only dishes whose place changes are touched", () => {
  const moves = moveEarlier(inCategories(dishes), "Drinks");
  expect(moves.map(({ dish, position }) => [dish.productId, position])).toEqual([
    ["cola", 20],
    ["pizza", 30],
  ]);
});

test("the first category cannot come earlier, nor one that is not there", () => {
  expect(moveEarlier(inCategories(dishes), "Starters")).toEqual([]);
  expect(moveEarlier(inCategories(dishes), "Cakes")).toEqual([]);
});
