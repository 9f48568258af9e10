import { expect, test } from "vitest";
import { anOrder } from "../testing.ts";
import { merge, mergeNewest } from "./merge.ts";

const at = (minute: number) => `2026-11-22T12:0${minute}:00.000Z`;
const order = (id: string, minute: number, version = 1) => anOrder(["pending"], { id, createdAt: at(minute), version });
const ids = (orders: readonly { id: string }[]) => orders.map(({ id }) => id);

test("orders are newest first, each once, in its newest version", () => {
  const merged = merge([order("a", 1, 2), order("b", 2, 1)], [order("c", 3), order("a", 1, 1), order("b", 2, 2)]);
  expect(ids(merged)).toEqual(["c", "b", "a"]);
  expect(merged.map(({ version }) => version)).toEqual([1, 2, 2]);
});

test("what is older than the newest page stays, what should be in it and is not goes", () => {
  const known = [order("gone", 5), order("b", 4), order("old", 1)];
  const page = { orders: [order("b", 4)], nextCursor: "more" };
  expect(ids(mergeNewest(known, page, new Set()))).toEqual(["b", "old"]);
  expect(ids(mergeNewest(known, { orders: [order("b", 4)] }, new Set()))).toEqual(["b"]);
  expect(mergeNewest(known, { orders: [] }, new Set())).toEqual([]);
});

test("an order that was placed while the page was on its way stays", () => {
  expect(ids(mergeNewest([order("new", 6)], { orders: [order("b", 4)] }, new Set(["new"])))).toEqual(["new", "b"]);
});
