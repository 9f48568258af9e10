import { expect, test, vi } from "vitest";
import { anEvent } from "#common/dapr/bus.suite";
import { memoryBus } from "#common/dapr/memoryBus";
import { keptLogs } from "#common/testing/logs";
import { memoryDeadLetters } from "./memoryDeadLetters.ts";

const queue = "dead-order.paid";

/** A broker that gave up these events, and whose subscriber takes everything from then on. */
async function given(...events: ReturnType<typeof anEvent>[]) {
  const bus = memoryBus(keptLogs(), { firstMs: 1, mostMs: 1, tries: 1 });
  const heard: string[] = [];
  let isMended = false;
  bus.subscribe("order.paid", async ({ id }) => {
    if (isMended) heard.push(id);
    return isMended;
  });
  await bus.publish("order.paid", events);
  await vi.waitFor(() => expect(bus.deadLetters()).toHaveLength(events.length));
  isMended = true;
  return { letters: memoryDeadLetters(bus), heard };
}

test("what was given up is listed by its kind, however it reads", async () => {
  const event = anEvent("order.paid");
  const { letters } = await given(event);
  expect(await letters.list()).toMatchObject([
    { name: queue, count: 1, letters: [{ id: event.id, type: "order.paid" }] },
  ]);
  expect(await (await given()).letters.list()).toEqual([]);
});

test("a letter that is sent again is heard again, and is no dead letter any more; the others stay", async () => {
  const [one, two] = [anEvent("order.paid"), anEvent("order.paid")];
  const { letters, heard } = await given(one, two);
  expect(await letters.resend(queue, [one.id])).toBe(1);
  await vi.waitFor(() => expect(heard).toEqual([one.id]));
  expect((await letters.list())[0]?.letters.map(({ id }) => id)).toEqual([two.id]);
});

test("letters that are discarded are heard by nobody, and a queue that is empty is none", async () => {
  const { letters, heard } = await given(anEvent("order.paid"), anEvent("order.paid"));
  expect(await letters.discard(queue, [])).toBe(2);
  await expect(letters.discard(queue, [])).rejects.toMatchObject({ kind: "not_found" });
  expect([await letters.list(), heard]).toEqual([[], []]);
});
