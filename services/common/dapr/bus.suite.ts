import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { CloudEvent, EventBus } from "./ports.ts";

const within = { timeout: 60_000, interval: 50 };

/** A bus under test, and the ids of the events that its subscriber never handled. */
export type TestedBus = { bus: EventBus; deadLetters(): Promise<readonly string[]> };

/** An event with a trace that nobody else is in. */
export function anEvent(type: string): CloudEvent & { traceparent: string } {
  const traceId = randomUUID().replaceAll("-", "");
  return {
    specversion: "1.0",
    id: randomUUID(),
    source: "test",
    type,
    datacontenttype: "application/json",
    traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    data: { text: 'a "quoted" 🍜', amount: "12", list: [1, null] },
  };
}

/** What every {@link EventBus} does. @param open a bus whose deliveries of the topic go to `handle`. */
export function busContract(
  name: string,
  open: (topic: string, handle: (event: CloudEvent) => Promise<boolean>) => Promise<TestedBus>,
): void {
  describe(name, () => {
    const topic = "test.bus";
    const seen: CloudEvent[] = [];
    const times = (id: string) => seen.filter((event) => event.id === id).length;
    const refused = new Set<string>();
    const poison = new Set<string>();
    let bus: EventBus;
    let deadLetters: TestedBus["deadLetters"];
    beforeAll(async () => {
      ({ bus, deadLetters } = await open(topic, async (event) => {
        seen.push(event);
        return !poison.has(event.id) && !refused.delete(event.id);
      }));
    });

    test("events arrive as they were sent, each in its own trace", async () => {
      const events = [anEvent(topic), anEvent(topic), anEvent(topic)];
      expect(await bus.publish(topic, events)).toEqual([]);
      await vi.waitFor(() => expect(events.map(({ id }) => times(id))).toEqual([1, 1, 1]), within);
      for (const { traceparent, ...sent } of events) {
        const delivered = seen.find(({ id }) => id === sent.id);
        expect(delivered).toMatchObject(sent);
        expect(delivered?.traceparent?.split("-")[1]).toBe(traceparent.split("-")[1]);
      }
    });

    test("an event that was not handled comes again", async () => {
      const event = anEvent(topic);
      refused.add(event.id);
      await bus.publish(topic, [event]);
      await vi.waitFor(() => expect(times(event.id)).toBe(2), within);
    });

    test("an event that is never handled is given up, and those that were published with it are handled once", async () => {
      const events = Array.from({ length: 100 }, () => anEvent(topic));
      const [poisoned, ...others] = events.map(({ id }) => id);
      poison.add(poisoned ?? "");
      await bus.publish(topic, events);
      await vi.waitFor(async () => expect(await deadLetters()).toContain(poisoned), within);
      expect(others.map(times)).toEqual(others.map(() => 1));
      expect(times(poisoned ?? "")).toBeGreaterThan(1);
      await expect.poll(deadLetters, within).toEqual([poisoned]);
    });

    test("an event that is published twice at once is handled, and nothing is lost beside it", async () => {
      const [one, other] = [anEvent(topic), anEvent(topic)];
      await Promise.all([bus.publish(topic, [one, other]), bus.publish(topic, [one])]);
      await vi.waitFor(() => expect([one, other].map(({ id }) => times(id) > 0)).toEqual([true, true]), within);
    });

    test("publishing nothing does nothing", async () => {
      expect(await bus.publish(topic, [])).toEqual([]);
    });
  });
}
