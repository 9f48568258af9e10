import { AppError } from "#common/errors";
import type { Act, ActName, ActRecord } from "../../domain/act.ts";
import type { Order, OrderSnapshot, Stamp } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../ports.ts";

/** What an act works with. */
export type ActDependencies = { orders: Pick<OrderRepository, "update" | "refuse" | "refusal">; now: Now };

/** An act of staff on one order. */
export type ActOn = { act: Act; orderId: string };

/**
 * Has staff change an order: what is done and the record of who did it are one write, so no end of a process parts them.
 * A refusal changes nothing and is recorded beside. Whoever repeats a request id is answered as the first time.
 * @throws what `change` throws, "not_found", or "conflict" when the request id was used for another act.
 */
export function staffAct({ orders, now }: ActDependencies) {
  return async (
    { act, orderId }: ActOn,
    action: ActName,
    change: (order: Order, stamp: Stamp) => unknown,
  ): Promise<OrderSnapshot> => {
    const before = await orders.refusal(act.requestId);
    if (before) throw new AppError(before.kind, before.refusal);
    let refusal: unknown;
    const changed = (order: Order): boolean => {
      refusal = undefined;
      const earlier = order.snapshot.acts?.find(({ id }) => id === act.requestId);
      if (earlier && earlier.action !== action) throw new AppError("conflict", "This request id is another act's");
      if (earlier) return false;
      const stamp = now();
      const was = order.snapshot;
      try {
        change(order, stamp);
      } catch (error) {
        refusal = error;
        throw error;
      }
      order.record(recordOf(act, action, orderId, stamp, differences(was, order.snapshot)));
      return true;
    };
    try {
      return (await orders.update(orderId, changed)).snapshot;
    } catch (error) {
      const isRefused = error instanceof AppError && (error === refusal || error.kind === "not_found");
      if (!isRefused) throw error;
      const { kind, message } = error;
      await orders.refuse({ ...recordOf(act, action, orderId, now(), ["", ""]), refusal: message, kind });
      throw error;
    }
  };
}

function recordOf(
  { requestId: id, subject, name, reason }: Act,
  action: ActName,
  target: string,
  { at, traceId }: Stamp,
  [before, after]: readonly [string, string],
): ActRecord {
  return { id, subject, name, action, target, before, after, reason, at, traceId, refusal: "" };
}

/** The fields that an act may change, as they were and as they are, as JSON: those alone that differ. */
function differences(before: OrderSnapshot, after: OrderSnapshot): [string, string] {
  const [was, is] = [shown(before), shown(after)];
  const changed = Object.keys(is).filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]));
  const only = (all: Record<string, unknown>) =>
    JSON.stringify(Object.fromEntries(changed.map((key) => [key, all[key]])));
  return [only(was), only(is)];
}

function shown({
  status,
  claim,
  ticked = [],
  refunds = [],
  outbox,
  stuck = [],
}: OrderSnapshot): Record<string, unknown> {
  return {
    status,
    claimedBy: claim?.by ?? "",
    ticked,
    refunds: refunds.map(({ id, amount, status: stands }) => ({ id, amount, status: stands })),
    outbox: outbox.map(({ type }) => type),
    stuck: stuck.map(({ type }) => type),
  };
}
