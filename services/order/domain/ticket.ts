import { AppError } from "#common/errors";
import { moved, refused } from "./moved.ts";
import { leftOf, owesRefund } from "./refunds.ts";
import type { Claim, OrderSnapshot, Stamp } from "./snapshot.ts";
import { type Actor, isStaff } from "./status.ts";

/** How long a cook may take back that a meal is finished, in milliseconds. */
const secondThoughtsMs = 60_000;

/** Since when a cook may take it; undefined: nobody may, as it is not paid, is at its end, or its money goes back. */
export function cookableSince(order: OrderSnapshot): Date | undefined {
  const { status, claim, history } = order;
  if (isPaidBack(order)) return undefined;
  if (status === "cooking") return claim?.until;
  return status === "paid" ? history.find((change) => change.status === "paid")?.at : undefined;
}

/** Whether all of its money is back, or on its way. */
function isPaidBack(order: OrderSnapshot): boolean {
  return owesRefund(order) || ((order.refunds ?? []).length > 0 && leftOf(order).amount === 0);
}

/** The order, cooked by whoever claims it. Who has it already keeps it as it is. */
export function claimed(order: OrderSnapshot, { by, until }: Claim, stamp: Stamp): OrderSnapshot | undefined {
  const since = cookableSince(order);
  if (since === undefined || since > stamp.at) {
    if (isStaff(by) && order.claim?.by === by && !isPaidBack(order)) return undefined;
    const isTaken = order.status === "cooking" && since !== undefined;
    throw new AppError("conflict", isTaken ? "Another cook has this order" : "This order is not to be cooked now");
  }
  const { ticked: _, ...rest } = moved(order, "cooking", actorOf(by), stamp);
  return { ...rest, claim: { by, until } };
}

/** The order with its meal ready; undefined when it was before. */
export function finished(order: OrderSnapshot, kitchenId: string, stamp: Stamp): OrderSnapshot | undefined {
  const { status, claim } = order;
  if (status === "ready") return undefined;
  if (isPaidBack(order)) throw new AppError("conflict", "The money of this order goes back: it cannot become ready");
  if (status === "cooking" && claim?.by !== kitchenId) throw new AppError("conflict", "Another cook has this order");
  return moved(order, "ready", actorOf(kitchenId), stamp);
}

/** The order one step back: it waits for a cook again, or the one of the claim cooks it once more. */
export function takenBack(order: OrderSnapshot, claim: Claim, stamp: Stamp): OrderSnapshot | undefined {
  const { status, history } = order;
  if (status === "paid") return undefined;
  if (status === "cooking") {
    if (!isStaff(order.claim?.by ?? "")) throw new AppError("conflict", "A kitchen without cooks has this order");
    return moved(order, "paid", actorOf(claim.by), stamp);
  }
  if (status !== "ready") throw refused(status, "paid");
  const readyAt = history.at(-1)?.at ?? stamp.at;
  if (stamp.at.getTime() - readyAt.getTime() > secondThoughtsMs)
    throw new AppError("conflict", "It was finished more than a minute ago: the guest has been told");
  if (isPaidBack(order)) throw new AppError("conflict", "The money of this order goes back: it is not cooked again");
  return { ...moved(order, "cooking", actorOf(claim.by), stamp), claim: { by: claim.by, until: claim.until } };
}

/** The order with one dish ticked off, or on again; undefined when it was so before. */
export function ticked(order: OrderSnapshot, productId: string, done: boolean): OrderSnapshot | undefined {
  const { status, lines, ticked: before = [] } = order;
  if (!lines.some((line) => line.productId === productId)) {
    const message = "This order has no such dish";
    throw new AppError("invalid", message, { fields: [{ field: "product_id", message }] });
  }
  if (status !== "cooking") throw new AppError("conflict", "Nobody cooks this order now");
  if (before.includes(productId) === done) return undefined;
  return { ...order, ticked: done ? [...before, productId] : before.filter((id) => id !== productId) };
}

function actorOf(by: string): Actor {
  return isStaff(by) ? by : "kitchen";
}
