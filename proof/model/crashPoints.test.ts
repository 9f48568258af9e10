import { afterAll, describe, expect, test, vi } from "vitest";
import { faultsOf } from "../../ops/ledger/faults.ts";
import { ask, cancel, deliver, deliverWebhook } from "./customers.ts";
import { type Story, surprises } from "./expected.ts";
import type { Fate, Fates } from "./life.ts";
import { serviceNames } from "./processes.ts";
import { quiet } from "./quiet.ts";
import { pass, takeClock } from "./time.ts";
import { createWorld, type World } from "./world.ts";

/** How often a step of one name is told to die in a story: later ones are the same step of a later sweep. */
const mostOfAName = 2;

type Script = (world: World, story: Story, orderId: string) => Promise<void>;

/** What can happen to an order. Each leaves the rest to {@link quiet}. */
const scripts: Record<string, Script> = {
  "an order that is paid": async (world, _, orderId) => {
    world.provider.pay(orderId);
    await deliverWebhook(world, 0);
  },
  "an order that nobody pays": async () => pass(70),
  "an order that is cancelled": async (world, story) => {
    story.cancelled = true;
    await cancel(world, story);
  },
  "an order that is paid while it is cancelled": async (world, story, orderId) => {
    story.cancelled = true;
    world.provider.pay(orderId);
    await cancel(world, story);
  },
  "an order whose money takes days to go back": async (world, story, orderId) => {
    story.cancelled = true;
    world.provider.holdRefunds(true);
    world.provider.pay(orderId);
    await cancel(world, story);
    await pass(70);
  },
  "a slow payment that comes": async (world, _, orderId) => {
    world.provider.paySlowly(orderId);
    await deliverWebhook(world, 0);
    await pass(70);
    world.provider.endSlowPayment(orderId, true);
  },
  "a slow payment that fails": async (world, _, orderId) => {
    world.provider.paySlowly(orderId);
    await deliverWebhook(world, 0);
    world.provider.endSlowPayment(orderId, false);
  },
};

/** Plays a script to its end. @returns what is wrong then. */
async function play(script: Script, fates: Fates): Promise<string[]> {
  takeClock();
  const world = createWorld(10, fates);
  const story: Story = { key: "a-key", quantity: 2 };
  for (let tries = 0; story.orderId === undefined && tries < 10; tries++) {
    await ask(world, story);
    await pass(1);
  }
  for (let tries = 0; tries < 10; tries++) {
    await deliver(world, "payment-order.created", 0);
    await pass(1);
  }
  await script(world, story, story.orderId ?? "");
  await quiet(world, [story]);
  world.end();
  const books = await world.books();
  return [...faultsOf(books), ...surprises([story], books), ...(books.orders.length === 1 ? [] : ["not one order"])];
}

/** The steps of a script in which nobody dies. */
async function stepsOf(script: Script): Promise<{ step: string; nth: number }[]> {
  const counts = new Map<string, number>();
  const steps: { step: string; nth: number }[] = [];
  await play(script, async (step) => {
    const nth = (counts.get(step) ?? 0) + 1;
    counts.set(step, nth);
    if (nth <= mostOfAName) steps.push({ step, nth });
    return "lives";
  });
  return steps;
}

function dyingAt(wanted: { step: string; nth: number }, fate: Fate): Fates & { died: () => boolean } {
  let count = 0;
  const fates = async (step: string): Promise<Fate> =>
    step === wanted.step && ++count === wanted.nth ? fate : "lives";
  return Object.assign(fates, { died: () => count >= wanted.nth });
}

const points: [story: string, step: string, nth: number, script: Script][] = [];
for (const [story, script] of Object.entries(scripts)) {
  for (const { step, nth } of await stepsOf(script)) points.push([story, step, nth, script]);
}

describe("whoever dies, the books balance", () => {
  afterAll(() => void vi.useRealTimers());

  test("every service has steps at which it can die", () => {
    const mortals = new Set(points.map(([, step]) => step.split(":")[0]));
    expect([...mortals].sort()).toEqual([...serviceNames].sort());
    expect(points.length).toBeGreaterThan(100);
  });

  describe.each(["dies before", "dies after"] as const)("%s", (fate) => {
    test.each(points)("%s: %s, the %ith", async (_story, step, nth, script) => {
      const fates = dyingAt({ step, nth }, fate);
      expect(await play(script, fates)).toEqual([]);
      expect(fates.died()).toBe(true);
    });
  });
});
