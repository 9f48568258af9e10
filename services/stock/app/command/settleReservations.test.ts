import { expect, test, vi } from "vitest";
import { memoryStock } from "../../adapters/memory/stock.ts";
import { noOrders } from "../../testing.ts";
import { settleReservations } from "./settleReservations.ts";

test("one that stock refuses to change is rejected alone, so that it is put off and counted", async () => {
  const answers = [
    { status: "rejected", reason: new Error("its lines cannot be read") },
    { status: "fulfilled", value: undefined },
  ] as const;
  const stock = { ...memoryStock(), updateMany: async () => answers };
  const settle = settleReservations({ stock, orders: noOrders, count: vi.fn(), now: () => 0 });
  expect(await settle({ orderIds: ["broken", "gone"], deadline: new Date(0) })).toEqual([
    answers[0],
    { status: "fulfilled", value: false },
  ]);
});
