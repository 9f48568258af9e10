import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import { isAwaited } from "../../domain/status.ts";
import type { Now } from "../services.ts";

/** About when an order's meal is ready; undefined when that is unknown: nothing is better than nonsense. */
export type ReadyEstimate = (order: OrderSnapshot) => Promise<Date | undefined>;

type Deps = { orders: Pick<OrderRepository, "finished" | "cookable" | "count">; now: Now };

/** What the kitchen did in the last hour, and what it has before it. Times in milliseconds. */
type Pace = { cookMs: number; cooks: number; busy: number; waiting: readonly string[] };

const hourMs = 3_600_000;
/** How many meals of the last hour are looked at, and how few are too few to say anything. */
const [mostMeals, fewestMeals] = [100, 3];
/** Who waits behind so many hears nothing yet. */
const mostWaiting = 500;
/** How long a look serves everybody, and what an estimate is rounded up to: who asks twice hears the same. */
const freshMs = 10_000;

/** Estimates from who waits, how many cook, and how long meals of the last hour took. */
export function readyEstimate({ orders, now }: Deps): ReadyEstimate {
  let pace: Promise<Pace | undefined> = Promise.resolve(undefined);
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function look(at: Date): Promise<Pace | undefined> {
    const [meals, waiting, busy] = await Promise.all([
      orders.finished(new Date(at.getTime() - hourMs), mostMeals),
      orders.cookable(at, mostWaiting),
      orders.count("cooking"),
    ]);
    if (meals.length < fewestMeals) return undefined;
    const times = meals.map(({ snapshot }) => cookedFrom(snapshot));
    const lengths = times.map(([from, to]) => to - from).toSorted((a, b) => a - b);
    const ids = waiting.map(({ snapshot: { id } }) => id);
    return { cookMs: lengths[lengths.length >> 1] ?? 0, cooks: Math.max(busy, mostAtOnce(times)), busy, waiting: ids };
  }

  return async (order) => {
    if (!isAwaited(order.status)) return undefined;
    const { at } = now();
    if (at.getTime() - lookedAt >= freshMs) {
      lookedAt = at.getTime();
      // Nobody is to miss their order because it cannot be said how long it takes.
      pace = look(at).catch(() => undefined);
    }
    const known = await pace;
    const ready = known && estimate(order, known, at.getTime());
    return ready === undefined ? undefined : new Date(Math.ceil(ready / freshMs) * freshMs);
  };
}

function estimate(order: OrderSnapshot, { cookMs, cooks, busy, waiting }: Pace, now: number): number | undefined {
  if (order.status === "cooking") {
    const since = order.history.at(-1)?.at.getTime() ?? now;
    // It takes much longer than others do: who knows why.
    return now - since > 2 * cookMs ? undefined : Math.max(since + cookMs, now);
  }
  const place = waiting.indexOf(order.id);
  if (place < 0) return undefined;
  const before = Math.max(0, place + 1 - Math.max(0, cooks - busy));
  return now + (before * cookMs) / cooks + cookMs;
}

/** From when until when a meal was cooked. */
function cookedFrom({ history }: OrderSnapshot): [number, number] {
  const at = (status: "cooking" | "ready") => history.findLast((change) => change.status === status)?.at.getTime() ?? 0;
  return [at("cooking"), at("ready")];
}

/** How many of these meals were cooked at the same time at most. */
function mostAtOnce(times: readonly (readonly [number, number])[]): number {
  return Math.max(...times.map(([moment]) => times.filter(([from, to]) => from <= moment && moment < to).length), 1);
}
