import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import { isOpen } from "../../domain/status.ts";
import type { Now } from "../services.ts";
import type { UnpaidTally } from "../unpaidTally.ts";
import type { CreateOrder } from "./createOrder.ts";

/** How much food unpaid orders may hold; what is not given is not limited. Values in the currency's minor unit. */
export type UnpaidLimits = {
  unitsOfCustomer?: number | undefined;
  unitsOfAddress?: number | undefined;
  valueOfCustomer?: number | undefined;
  valueOfAddress?: number | undefined;
};

type Deps = {
  orders: Pick<OrderRepository, "get">;
  now: Now;
  ttlMs: number;
  unpaidLimits: UnpaidLimits;
  tally: UnpaidTally;
  orderId: (customerId: string, idempotencyKey: string) => string;
};

type Limit = { key: string; units: number | undefined; value: number | undefined; who: string };

/** How often it is looked up what became of the orders of whoever has too many, in milliseconds, and of how many. */
const [lookMs, lookedUp] = [1_000, 50];
/** How often what is over is cleared away, in milliseconds. */
const pruneMs = 10_000;

/**
 * Refuses an order that would leave a guest, or an address, with more unpaid food than is fair to everybody else: by
 * its dishes before it is placed, by its price once earlier orders have reached the limit. A try again of an order that
 * is there gets its answer all the same.
 */
export function withinUnpaidFood(
  create: Handler<CreateOrder, OrderSnapshot>,
  { orders, now, ttlMs, unpaidLimits: limits, tally, orderId }: Deps,
): Handler<CreateOrder, OrderSnapshot> {
  if (Object.values(limits).every((limit) => limit === undefined)) return create;
  const lookedAt = new Map<string, number>();
  /** How many calls are placing an order of one id at this moment. */
  const underWay = new Map<string, number>();
  let prunedAt = 0;

  const prune = (time: number): void => {
    if (time - prunedAt < pruneMs) return;
    prunedAt = time;
    tally.prune(time);
    lookedAt.clear();
  };
  const breaks = ({ key, units, value }: Limit, more: number): boolean => {
    const held = tally.heldBy(key);
    return (units !== undefined && held.units + more > units) || (value !== undefined && held.value >= value);
  };
  /** Other replicas hear of payments too, so before somebody is refused the store is asked. */
  const lookUp = async (key: string, time: number): Promise<void> => {
    if (time - (lookedAt.get(key) ?? 0) < lookMs) return;
    lookedAt.set(key, time);
    const look = async (id: string) => {
      const order = await orders.get(id);
      if (order && !isOpen(order.snapshot.status)) tally.forget(id);
    };
    await Promise.all(tally.ordersOf(key).slice(0, lookedUp).map(look));
  };
  /** With the last who tried it, an order that nobody could place is forgotten. */
  const leave = (id: string): void => {
    const others = (underWay.get(id) ?? 1) - 1;
    if (others > 0) return void underWay.set(id, others);
    underWay.delete(id);
    if (!tally.find(id)?.isPlaced) tally.forget(id);
  };

  return async (wish) => {
    const { customerId, address, lines } = wish;
    const id = orderId(customerId, wish.idempotencyKey);
    const before = tally.find(id);
    if (before?.isPlaced) return create(wish);
    const time = now().at.getTime();
    prune(time);
    const units = dishesIn(lines);
    const mine: Limit[] = [
      { key: `guest ${customerId}`, units: limits.unitsOfCustomer, value: limits.valueOfCustomer, who: "you" },
    ];
    if (address !== undefined) {
      const who = "you and others at your network address";
      mine.push({ key: `address ${address}`, units: limits.unitsOfAddress, value: limits.valueOfAddress, who });
    }
    // Another wish under the same key may be under way: what is asked for most of them is what may come of it.
    const more = units - (before?.units ?? 0);
    for (const limit of more > 0 ? mine : []) {
      if (breaks(limit, more)) await lookUp(limit.key, time);
      if (breaks(limit, more) && !(await orders.get(id))) throw tooMuch(limit, units);
    }
    const keys = mine.map(({ key }) => key);
    const most = Math.max(units, tally.find(id)?.units ?? 0);
    tally.set(id, { keys, units: most, value: 0, until: time + ttlMs, isPlaced: false });
    underWay.set(id, (underWay.get(id) ?? 0) + 1);
    try {
      const order = await create(wish);
      const held = { units: dishesIn(order.lines), value: order.total.amount };
      if (tally.find(id)) tally.set(id, { keys, ...held, until: order.expiresAt.getTime(), isPlaced: true });
      return order;
    } finally {
      leave(id);
    }
  };
}

function dishesIn(lines: readonly { quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

function tooMuch({ units, who }: Limit, wanted: number): AppError {
  const message =
    units !== undefined && wanted > units
      ? `At most ${units} dishes may wait for being paid at once, and these are ${wanted}. Please order fewer at a time.`
      : `Unpaid orders keep food from others, and ${who} have as much of it as there may be. Pay or cancel an order first.`;
  return new AppError("too_many", message, { retryAfterSeconds: 30 });
}
