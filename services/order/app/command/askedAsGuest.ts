import type { Handler } from "#common/decorator/observed";
import { mergeLines } from "../../domain/lines.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";
import { type CreateOrder, firstAnswer } from "./createOrder.ts";

type Deps = {
  orders: Pick<OrderRepository, "list" | "get" | "update">;
  orderId: (customerId: string, idempotencyKey: string) => string;
  /** Whether a customer has an account, and so may have been a guest before. */
  isAccount: (customerId: string) => boolean;
  now: Now;
};

/** More orders than an account places while somebody tries one of them again. */
const most = 20;

/**
 * Somebody ordered as a guest, lost the answer, signed in, and asks again under the same key: their account has that
 * order by now, and it is the answer. The guest's may also still be under way, or stored and not gone over yet: so for a
 * while after the sign-in the account orders under the guest's id, and one of both is stored, the account's in the end.
 * Guests have nothing to be asked for, so their orders cost no look.
 */
export function askedAsGuest(
  create: Handler<CreateOrder, OrderSnapshot>,
  { orders, orderId, isAccount, now }: Deps,
): Handler<CreateOrder, OrderSnapshot> {
  return async ({ guestId, ...wish }) => {
    const { customerId, idempotencyKey, lines, guestName = "" } = wish;
    const theirs = isAccount(customerId) ? await orders.list(customerId, { limit: most }) : [];
    const first = theirs.find(({ snapshot: { id, formerOwners = [] } }) =>
      formerOwners.some((former) => orderId(former.customerId, idempotencyKey) === id),
    );
    if (!first && !guestId) return create(wish);
    // The guest's may have come over after the account's own was answered.
    if (await orders.get(orderId(customerId, idempotencyKey))) return create(wish);
    if (first) return firstAnswer(first, mergeLines(lines), guestName);
    const order = await create({ ...wish, guestId });
    if (order.customerId === customerId) return order;
    const theGuests = await orders.update(order.id, (one) => one.handOver(order.customerId, customerId, now()));
    // What came to nothing stays with the guest, and the account orders anew.
    return theGuests.snapshot.customerId === customerId ? theGuests.asPlaced : create(wish);
  };
}
