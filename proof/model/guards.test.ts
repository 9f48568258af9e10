import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { faultsOf } from "../../ops/ledger/faults.ts";
import { mongoOrders } from "../../services/order/adapters/mongoOrders.ts";
import { type CollectionGuard, collectionGuards, memoryDb } from "./collection.ts";
import { ask, cancel, deliver, deliverWebhook, type Wish } from "./customers.ts";
import type { Fates } from "./life.ts";
import { quiet } from "./quiet.ts";
import { pass, takeClock } from "./time.ts";
import { createWorld, type Guard, guards, type World } from "./world.ts";

afterAll(() => void vi.useRealTimers());

/** An order that waits for its payment. */
async function waiting(world: World, key: string, quantity: number): Promise<Wish> {
  const wish: Wish = { key, quantity };
  await ask(world, wish);
  await pass(1);
  await deliver(world, "payment-order.created", 0);
  await pass(1);
  return wish;
}

/** Lives, but waits at the step of this name until two are there. */
function meetingAt(name: string): Fates {
  const waiting: (() => void)[] = [];
  return async (step) => {
    if (step === name) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const go of waiting) go();
      });
    }
    return "lives";
  };
}

type Attack = {
  fates?: () => Fates;
  attack: (world: World, hold: () => () => void) => Promise<Wish[]>;
  says: RegExp;
};

type Attacked = Guard | CollectionGuard;

/**
 * Where a guard is switched off. But for the signature that is in what plays a server here, so that its absence is
 * simulated: that the real one guards is shown by the tests of its adapter, which the second text names.
 */
const switchedOff: Record<Attacked, readonly [where: string, real?: string]> = {
  "the condition of the stock update": [
    "simulated: more units than told",
    "services/stock/adapters/mysql/oversell.int.test.ts",
  ],
  "the signature of the webhook": ["in our own code"],
  "the idempotency key of the refund": [
    "simulated: a provider that forgets",
    "services/payment/adapters/attempts.test.ts",
  ],
  "the unique key of orders": ["simulated: a collection without", "services/order/adapters/mongoOrders.int.test.ts"],
  "the revision of orders": [
    "simulated: a collection that ignores it",
    "services/order/adapters/mongoBatches.int.test.ts",
  ],
};

/** What each guard holds off, and what the ledger says where it is gone. */
const attacks: Record<Attacked, Attack> = {
  "the condition of the stock update": {
    attack: async (world) => {
      const wishes = [await waiting(world, "one", 4), await waiting(world, "two", 4)];
      for (const { orderId = "" } of wishes) world.provider.pay(orderId);
      return wishes;
    },
    says: /tea.*-2/,
  },
  "the signature of the webhook": {
    attack: async (world) => {
      const wish = await waiting(world, "one", 2);
      await world.forge(wish.orderId ?? "");
      return [wish];
    },
    says: /took no money/,
  },
  "the idempotency key of the refund": {
    // One who asked for it died, and the next asks before the provider has answered the first.
    fates: () => meetingAt("payment: checkout.refund"),
    attack: async (world) => {
      const wish = await waiting(world, "one", 2);
      world.provider.pay(wish.orderId ?? "");
      await cancel(world, wish);
      await pass(10);
      world.kill("order");
      await pass(10);
      return [wish];
    },
    says: /more was given back/,
  },
  "the unique key of orders": {
    fates: () => meetingAt("order: orders.add"),
    attack: async (world) => {
      const wishes: Wish[] = [1, 2].map(() => ({ key: "one", quantity: 2 }));
      await Promise.all(wishes.map((wish) => ask(world, wish)));
      return wishes;
    },
    says: /is stored 2 times/,
  },
  "the revision of orders": {
    attack: async (world, hold) => {
      const wish = await waiting(world, "one", 2);
      world.provider.pay(wish.orderId ?? "");
      await deliverWebhook(world, 0);
      const release = hold();
      const paying = deliver(world, "order-order.paid", 0);
      // Asked in one turn they would be one command.
      await pass(1);
      await cancel(world, wish);
      await pass(30);
      // The order is told of its refund before the late write, or the telling would mend it.
      for (let left = world.provider.webhooks.length; left > 0; left--) await deliverWebhook(world, 0);
      release();
      await paying;
      return [wish];
    },
    says: /its money was given back/,
  },
};

/** Plays an attack. @returns what the ledger says of it. */
async function faultsAfter(guard: Attacked, without?: Attacked): Promise<string[]> {
  takeClock();
  const { attack, fates = () => async () => "lives" } = attacks[guard];
  const gone = <T extends Guard | CollectionGuard>(all: readonly T[]) => all.filter((one) => one === without);
  const { db, hold } = memoryDb(gone(collectionGuards));
  const world = createWorld(6, fates(), gone(guards), await mongoOrders(db));
  const wishes = await attack(world, hold);
  const endless = await quiet(world, wishes).then(
    () => [],
    (error: Error) => [error.message],
  );
  world.end();
  return [...endless, ...faultsOf(await world.books())];
}

const cases = (Object.keys(attacks) as Attacked[]).map((guard) => ({ guard, how: switchedOff[guard][0] }));

test.each(cases)("$guard holds, and where it is gone ($how) the ledger says so", async ({ guard }) => {
  expect(await faultsAfter(guard)).toEqual([]);
  expect((await faultsAfter(guard, guard)).join("\n")).toMatch(attacks[guard].says);
});

test("a guard whose absence is only simulated has a test of the real one", () => {
  const simulated = Object.values(switchedOff).filter(([where]) => where.startsWith("simulated"));
  const files = simulated.map(([, real = "none"]) => join(import.meta.dirname, "../..", real));
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
