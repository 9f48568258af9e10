import type { Handler } from "#common/decorator/observed";
import { mergeLines } from "../../domain/lines.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import { type CreateOrder, firstAnswer } from "./createOrder.ts";

type Deps = {
  orders: Pick<OrderRepository, "list" | "get">;
  orderId: (customerId: string, idempotencyKey: string) => string;
  /** Whether a customer has an account, and so may have been a guest before. */
  isAccount: (customerId: string) => boolean;
};

/** More orders than an account places while somebody tries one of them again. */
const most = 20;

/**
 * Somebody ordered as a guest, lost the answer, signed in, and asks again under the same key: their account has that
 * order by now, and it is the answer. Guests have nothing to be asked for, so their orders cost no look.
 */
export function askedAsGuest(
  create: Handler<CreateOrder, OrderSnapshot>,
  { orders, orderId, isAccount }: Deps,
): Handler<CreateOrder, OrderSnapshot> {
  return async (wish) => {
    const { customerId, idempotencyKey, lines, guestName = "" } = wish;
    const theirs = isAccount(customerId) ? await orders.list(customerId, { limit: most }) : [];
    const first = theirs.find(({ snapshot: { id, formerOwners = [] } }) =>
      formerOwners.some((former) => orderId(former.customerId, idempotencyKey) === id),
    );
    // The guest's may have come over after the account's own was answered.
    if (!first || (await orders.get(orderId(customerId, idempotencyKey)))) return create(wish);
    return firstAnswer(first, mergeLines(lines), guestName);
  };
}
