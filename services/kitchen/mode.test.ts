import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readConfig } from "#common/config";
import { kitchenEnv } from "./config.ts";
import { aKitchen, fakeOrders, flush, pass } from "./testing.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

test("with the board the kitchen claims nothing by itself, however much is paid and however long it waits", async () => {
  const orders = fakeOrders();
  const { service, tell } = aKitchen({ orders: orders.of("here"), mode: "board" });
  orders.waiting.push("order-1");
  expect(await tell("order-1")).toBe("done");
  await pass(60_000);
  await flush();
  service.drain?.();
  await service.close();
  expect([orders.calls, orders.waiting]).toEqual([[], ["order-1"]]);
});

test("KITCHEN_MODE is auto or board, auto if nothing is said, and any other word is refused by name", () => {
  const mode = (word: string | undefined) =>
    readConfig(kitchenEnv.pick({ KITCHEN_MODE: true }), { KITCHEN_MODE: word }).KITCHEN_MODE;
  expect([mode(undefined), mode("auto"), mode("board")]).toEqual(["auto", "auto", "board"]);
  for (const word of ["manual", "AUTO"]) expect(() => mode(word)).toThrow(/KITCHEN_MODE: auto .* or board/);
});
