import { AppError } from "#common/errors";
import type { Act, ActName, ActRecord } from "../../domain/act.ts";
import type { Order, OrderSnapshot, Stamp } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** What an act works with. */
export type ActDeps = { orders: Pick<OrderRepository, "update" | "refuse" | "refusal">; now: Now };

/** An act of staff on one order. */
export type ActOn = { act: Act; orderId: string };

/**
 * Has staff change an order: what is done and the record of who did it are one write, so no end of a process parts them.
 * A refusal changes nothing and is recorded beside. Whoever repeats an act is answered as the first time.
 * @throws what `change` throws, "not_found", or "conflict" when the request id belongs to what somebody else did, or to
 * anything else that was asked for.
 */
export function staffAct({ orders, now }: ActDeps) {
  return async (
    wish: ActOn,
    action: ActName,
    change: (order: Order, stamp: Stamp) => unknown,
  ): Promise<OrderSnapshot> => {
    const { act, orderId } = wish;
    const asked: Asked = { act, action, target: orderId, content: contentOf(wish) };
    const before = await orders.refusal(act.requestId);
    if (before) {
      demandSame(before, asked);
      throw new AppError(before.kind, before.refusal);
    }
    let refusal: unknown;
    const changeOnce = (order: Order): boolean => {
      refusal = undefined;
      const earlier = order.snapshot.acts?.find(({ id }) => id === act.requestId);
      if (earlier) {
        demandSame(earlier, asked);
        return false;
      }
      const stamp = now();
      const was = order.snapshot;
      try {
        change(order, stamp);
        order.record(recordOf(asked, stamp, differences(was, order.snapshot)));
      } catch (error) {
        refusal = error;
        throw error;
      }
      return true;
    };
    try {
      return (await orders.update(orderId, changeOnce)).snapshot;
    } catch (error) {
      const isRefused = error instanceof AppError && (error === refusal || error.kind === "not_found");
      if (!isRefused) throw error;
      const { kind, message } = error;
      await orders.refuse({ ...recordOf(asked, now(), ["", ""]), refusal: message, kind });
      throw error;
    }
  };
}

type Asked = Pick<ActRecord, "action" | "target"> & { act: Act; content: string };

function recordOf(
  { act: { requestId: id, subject, name, reason }, action, target, content }: Asked,
  { at, traceId }: Stamp,
  [before, after]: readonly [string, string],
): ActRecord {
  return { id, subject, name, action, target, before, after, reason, at, traceId, refusal: "", content };
}

/** @throws AppError "conflict" when the act of this id is not the one that is asked for. */
function demandSame(earlier: ActRecord, { act: { subject }, action, target, content }: Asked): void {
  const { content: before = content } = earlier;
  const isSame =
    earlier.subject === subject && earlier.action === action && earlier.target === target && before === content;
  if (!isSame) throw new AppError("conflict", "This request id belongs to another act. Use a new one.");
}

/** All that is asked for, in whatever order it comes. Who acts is compared by itself, and a name may change. */
function contentOf({ act: { reason }, ...wish }: ActOn): string {
  const fields = Object.entries({ ...wish, reason }).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(fields);
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
