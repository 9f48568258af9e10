import type { Api } from "../api/client.ts";
import { ApiError } from "../api/errors.ts";
import type { Order, Product } from "../api/types.ts";
import { contentOf, endAttempt, keyOfAttempt, randomKey } from "./attempt.ts";
import { type Cart, toOrderLines } from "./cart.ts";
import type { KeyValue } from "./storage.ts";
import { noWishes, type Wishes } from "./wishes.ts";

/** Refusals after which no order exists and none will come from this key. */
const refusals = new Set([
  "out-of-stock",
  "idempotency-key-reused",
  "invalid-request",
  "order-conflict",
  "prices-changed",
  "shop-closed",
]);

type Means = {
  api: Pick<Api, "place">;
  storage: KeyValue;
  now(): number;
  shown(): readonly Product[];
  /** What is asked for beside the cart. */
  wishes?: Wishes;
  /** The page's. */
  language?: string;
  newKey?: () => string;
};

/** Orders the cart. However often it is called for one cart, one order comes of it. Throws as {@link Api.place}. */
export async function placeOrder(means: Means, cart: Cart): Promise<Order> {
  try {
    return await attempt(means, cart);
  } catch (error) {
    // The first attempt with this key has lapsed without an order: a new key is all that is missing.
    if (error instanceof ApiError && error.code === "order-conflict") return attempt(means, cart);
    throw error;
  }
}

async function attempt(means: Means, cart: Cart): Promise<Order> {
  const { api, storage, now, shown, wishes = noWishes, language, newKey = randomKey } = means;
  const guestName = wishes.guestName.trim();
  const items = toOrderLines(cart, shown(), wishes.notes);
  const wish = { items, ...(guestName && { guestName }), ...(language && { language }) };
  try {
    const order = await api.place(wish, keyOfAttempt(storage, contentOf(cart, wishes), newKey, now()));
    endAttempt(storage);
    return order;
  } catch (error) {
    if (error instanceof ApiError && refusals.has(error.code)) endAttempt(storage);
    throw error;
  }
}
