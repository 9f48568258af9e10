import { expect, test } from "vitest";
import { anOrder } from "../testing.ts";
import { runningOrders } from "./running.ts";

const orders = (["paid", "ready", "cancelled", "on_its_way"] as const).map((status) =>
  anOrder(["pending", status], { id: status }),
);
const ids = (at: string) => runningOrders(orders, new Date(at)).map(({ id }) => id);

test("open orders run, and ready ones for ten minutes more", () => {
  expect(ids("2026-11-22T12:05:00.000Z")).toEqual(["paid", "ready", "on_its_way"]);
  expect(ids("2026-11-22T12:20:00.000Z")).toEqual(["paid", "on_its_way"]);
});

test("of very many the newest three are shown", () => {
  const many = Array.from({ length: 9 }, (_, index) => anOrder(["pending"], { id: String(index) }));
  expect(runningOrders(many, new Date(0))).toHaveLength(3);
});
