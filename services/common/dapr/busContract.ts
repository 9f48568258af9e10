import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { CloudEvent, EventBus } from "./ports.ts";

const within = { timeout: 15_000, interval: 50 };

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
  open: (topic: string, handle: (event: CloudEvent) => Promise<boolean>) => Promise<EventBus>,
): void {
  describe(name, () => {
    const topic = "test.bus";
    const seen: CloudEvent[] = [];
    const times = (id: string) => seen.filter((event) => event.id === id).length;
    const refused = new Set<string>();
    let bus: EventBus;
    beforeAll(async () => {
      bus = await open(topic, async (event) => {
        seen.push(event);
        return !refused.delete(event.id);
      });
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

    test("publishing nothing does nothing", async () => {
      expect(await bus.publish(topic, [])).toEqual([]);
    });
  });
}
