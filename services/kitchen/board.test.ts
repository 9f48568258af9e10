import { expect, test } from "vitest";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { buildBoardKitchen } from "./board.ts";
import { paid } from "./testing.ts";

test("where people cook, an order that was paid is heard and left to them", async () => {
  const { subscriptions = [], ...kitchen } = buildBoardKitchen({
    logger: silentLogger,
    metrics: createMetrics("kitchen", false),
  });
  expect(subscriptions.map(({ topic }) => topic)).toEqual(["order.paid"]);
  expect(await subscriptions[0]?.handle(paid("one"))).toBe("done");
  await kitchen.close();
});
