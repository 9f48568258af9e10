import { AppError } from "#common/errors";
import type { StaffDeed, World } from "./world.ts";

/** A customer's wish and what became of it. A wish without an answer is asked for again, with the same key. */
export type Wish = { readonly key: string; readonly quantity: number; orderId?: string; refused?: true };

/** Asks for an order until there is an answer. What is in between is the services' trouble, not the customer's. */
export async function ask(world: World, wish: Wish): Promise<void> {
  if (wish.orderId !== undefined || wish.refused) return;
  try {
    wish.orderId = (await world.place(wish.key, wish.quantity)).id;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A guest who hears "sold out" or "too late" goes away; one who hears nothing comes again.
    if (error.kind !== "unavailable") wish.refused = true;
  }
}

/** Changes their mind about an order; whether that was in time is the order's history to tell. */
export async function cancel(world: World, { orderId }: Wish): Promise<void> {
  if (orderId === undefined) return;
  try {
    await world.cancel(orderId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

let acts = 0;

/** Staff act on an order, pressing twice as people do: whether it may be is the order's to tell. */
export async function staffAct(world: World, { orderId }: Wish, deed: StaffDeed): Promise<void> {
  if (orderId === undefined) return;
  const requestId = `act-${++acts}`;
  for (const _ of ["pressed", "pressed again"]) {
    try {
      await world.act(deed, orderId, requestId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
}

/** Delivers the event at a place of a queue, once: back in the queue it goes unless it was acknowledged. */
export async function deliver(world: World, queue: keyof World["queues"], at: number): Promise<void> {
  const events = world.queues[queue];
  const [event] = events.splice(at % Math.max(events.length, 1), 1);
  if (event && !(await world.deliver(queue, event))) events.push(event);
}

/** Delivers a message of the provider, which sends it again unless it is acknowledged. */
export async function deliverWebhook(world: World, at: number): Promise<void> {
  const { webhooks } = world.provider;
  const [event] = webhooks.splice(at % Math.max(webhooks.length, 1), 1);
  if (event && !(await world.webhook(event))) webhooks.push(event);
}
