import fc from "fast-check";
import { queueNames } from "./broker.ts";
import { ask, cancel, deliver, deliverWebhook, staffAct } from "./customers.ts";
import type { Story } from "./expected.ts";
import type { Fate } from "./life.ts";
import { serviceNames } from "./processes.ts";
import { pass } from "./time.ts";
import { staffDeeds, type World } from "./world.ts";

// Mostly in order, so that orders get somewhere.
const at = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(9) });
const order = fc.nat(5);
const queue = fc.constantFrom(...queueNames);

const what = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("place" as const), quantity: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), queue, at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("webhook" as const, "webhookTwice" as const), at }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pay" as const), order }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "askAgain" as const,
        "cancel" as const,
        "paySlowly" as const,
        "slowPaymentComes" as const,
        "slowPaymentFails" as const,
        "refundPartByHand" as const,
        "refundAllByHand" as const,
      ),
      order,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...staffDeeds), order }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("repeat" as const, "lose" as const), queue, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("kill" as const), service: fc.constantFrom(...serviceNames) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("emptyState" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("holdRefunds" as const), hold: fc.boolean() }) },
);
type What = typeof what extends fc.Arbitrary<infer W> ? W : never;

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 60, arbitrary: fc.constant("lives" as const) },
  { weight: 1, arbitrary: fc.constantFrom("dies before" as const, "dies after" as const) },
);

/** Something that happens, and the steps that are made before the next thing does. */
export type Action = { what: What; picks: { at: number; fate: Fate }[] };

/** Things that happen, in any order and however much is still under way. */
export const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.record({ what, picks: fc.array(fc.record({ at, fate }), { maxLength: 30, size: "max" }) }),
  { minLength: 1, maxLength: 60, size: "max" },
);

/** Makes it happen. What it sets going may end much later. */
export async function act(world: World, stories: Story[], what: What): Promise<void> {
  const story = "order" in what ? stories[what.order % Math.max(stories.length, 1)] : undefined;
  // A guest who was not shown where to pay cannot pay.
  const orderId = (story?.orderId && (await world.canPay(story.orderId)) && story.orderId) || "";
  const { provider, queues } = world;
  switch (what.do) {
    case "place": {
      const wish: Story = { key: `key-${stories.length}`, quantity: what.quantity };
      stories.push(wish);
      return ask(world, wish);
    }
    case "askAgain":
      return story && ask(world, story);
    case "cancel":
      if (!story?.orderId) return;
      story.cancelled = true;
      return cancel(world, story);
    case "take":
    case "finish":
    case "takeBack":
      return story && staffAct(world, story, what.do);
    case "staffCancel":
    case "refund":
      if (!story?.orderId) return;
      story.cancelled = true;
      return staffAct(world, story, what.do);
    case "pay":
      return provider.pay(orderId);
    case "paySlowly":
      return provider.paySlowly(orderId);
    case "slowPaymentComes":
      return provider.endSlowPayment(orderId, true);
    case "slowPaymentFails":
      return provider.endSlowPayment(orderId, false);
    case "deliver":
      return deliver(world, what.queue, what.at);
    case "repeat": {
      const event = queues[what.queue][what.at % Math.max(queues[what.queue].length, 1)];
      if (event) queues[what.queue].push(event);
      return;
    }
    case "lose":
      queues[what.queue].splice(what.at, 1);
      return;
    case "webhook":
      return deliverWebhook(world, what.at);
    case "webhookTwice": {
      const message = provider.webhooks[what.at % Math.max(provider.webhooks.length, 1)];
      if (message) provider.webhooks.push(message);
      return;
    }
    case "pass":
      return pass(what.seconds);
    case "kill":
      return world.kill(what.service);
    case "refundPartByHand":
      return void provider.refundByHand(orderId, 1);
    case "refundAllByHand":
      if (story && provider.refundByHand(orderId)) story.cancelled = true;
      return;
    case "holdRefunds":
      return provider.holdRefunds(what.hold);
    case "emptyState":
      return world.emptyState();
  }
}
