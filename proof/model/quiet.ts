import { unfinished } from "../../ops/ledger/faults.ts";
import { ask, deliver, deliverWebhook, staffAct, type Wish } from "./customers.ts";
import { flush, pass } from "./time.ts";
import type { World } from "./world.ts";

/** Rounds of ten seconds until everything must have come to its end. */
const mostRounds = 120;

/**
 * From here on nothing goes wrong any more: every message is delivered, every customer asks until they are answered,
 * slow payments and refunds come, and time passes until all is done. @throws when something never ends.
 */
export async function quiet(world: World, wishes: readonly Wish[]): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    for (const wish of wishes) {
      await during(ask(world, wish));
      if (wish.orderId) world.provider.endSlowPayment(wish.orderId, true);
      // Cooks finish what they took.
      await during(staffAct(world, wish, "finish"));
    }
    world.provider.holdRefunds(false);
    for (const queue of Object.keys(world.queues) as (keyof World["queues"])[]) {
      for (let left = world.queues[queue].length; left > 0; left--) await during(deliver(world, queue, 0));
    }
    for (let left = world.provider.webhooks.length; left > 0; left--) await during(deliverWebhook(world, 0));
    const waiting = Object.values(world.queues).some(({ length }) => length > 0);
    if (!waiting && world.provider.webhooks.length === 0 && unfinished(await world.books()).length === 0) return;
    await pass(10);
  }
  throw new Error(`this never ends:\n${unfinished(await world.books()).join("\n")}`);
}

/** Waits for something that may itself wait for the clock, a second at a time. */
async function during(work: Promise<void>): Promise<void> {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  for (let second = 0; second < 60; second++) {
    await flush();
    if (done) break;
    await pass(1);
  }
  if (!done) throw new Error("something waits for ever");
  await ended;
}
