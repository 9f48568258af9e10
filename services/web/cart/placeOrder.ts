import type { Api } from "../api/client.ts";
import { ApiError } from "../api/errors.ts";
import type { Order } from "../api/types.ts";
import { endAttempt, keyOfAttempt, randomKey } from "./attempt.ts";
import { type Cart, toOrderLines } from "./cart.ts";
import type { KeyValue } from "./storage.ts";

/** Refusals after which no order exists and none will come from this key. */
const refusals = new Set(["out-of-stock", "idempotency-key-reused", "invalid-request"]);

/** Orders the cart. However often it is called for one cart, one order comes of it. Throws as {@link Api.place}. */
export async function placeOrder(
  api: Pick<Api, "place">,
  storage: KeyValue,
  cart: Cart,
  newKey = randomKey,
): Promise<Order> {
  try {
    const order = await api.place(toOrderLines(cart), keyOfAttempt(storage, cart, newKey));
    endAttempt(storage);
    return order;
  } catch (error) {
    if (error instanceof ApiError && refusals.has(error.code)) endAttempt(storage);
    throw error;
  }
}
