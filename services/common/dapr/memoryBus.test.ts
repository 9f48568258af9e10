import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keptLogs } from "#common/testing/logs";
import { anEvent, busContract } from "./bus.suite.ts";
import { memoryBus } from "./memoryBus.ts";

busContract("the broker in memory", async (topic, handle) => {
  const bus = memoryBus(keptLogs(), { firstMs: 10, mostMs: 100, tries: 4 });
  bus.subscribe(topic, handle);
  return { bus, deadLetters: async () => bus.deadLetters().map(({ id }) => id) };
});

describe("an event that cannot be handled", () => {
  const [topic, event] = ["order.created", anEvent("order.created")];
  const refuse = vi.fn(async () => false);
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is tried ever less often, then given up, and both of its deaths are one line in the log", async () => {
    const logger = keptLogs();
    const bus = memoryBus(logger);
    const [start, at]: [number, number[]] = [Date.now(), []];
    bus.subscribe(topic, async () => {
      at.push((Date.now() - start) / 1000);
      return false;
    });
    await bus.publish(topic, [event]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(at).toHaveLength(20);
    expect(at.slice(0, 5)).toEqual([0, 0.1, 0.3, 0.7, 1.5]);
    expect((at.at(-1) ?? 0) - (at.at(-2) ?? 0)).toBe(30);
    await bus.publish(topic, [event]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(at).toHaveLength(40);
    expect(bus.deadLetters()).toEqual([event]);
    expect(logger.lines).toMatchObject([{ level: "error", fields: { eventId: event.id, tries: 20 } }]);
  });

  test("is not tried more often because it is sent again", async () => {
    const bus = memoryBus(keptLogs());
    bus.subscribe(topic, refuse);
    for (let second = 0; second < 300; second++) {
      await bus.publish(topic, [event]);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(refuse.mock.calls.length).toBeLessThan(21);
  });
});

test("what is published together is delivered in one turn of the event loop", async () => {
  const bus = memoryBus(keptLogs());
  let delivered = 0;
  const inOneTurn = new Promise<number>((resolve) =>
    bus.subscribe("order.created", async () => {
      if (delivered++ === 0) process.nextTick(() => resolve(delivered));
      return true;
    }),
  );
  const events = Array.from({ length: 50 }, () => anEvent("order.created"));
  await bus.publish("order.created", events);
  expect(await inOneTurn).toBe(50);
});
