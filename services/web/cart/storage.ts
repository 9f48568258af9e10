import { type Cart, emptyCart, maxQuantity, setQuantity } from "./cart.ts";

export type KeyValue = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const cartKey = "gorder.cart";

/** The cart of an earlier visit; what is no sound line of it is dropped. */
export function readCart(storage: KeyValue): Cart {
  let kept: unknown;
  try {
    kept = JSON.parse(storage.getItem(cartKey) ?? "[]");
  } catch {
    return emptyCart;
  }
  if (!Array.isArray(kept)) return emptyCart;
  return kept.filter(isLine).reduce<Cart>((cart, [id, quantity]) => setQuantity(cart, id, quantity), emptyCart);
}

export function writeCart(storage: KeyValue, cart: Cart): void {
  if (cart.size === 0) storage.removeItem(cartKey);
  else storage.setItem(cartKey, JSON.stringify([...cart]));
}

/** The browser's storage; where it is forbidden or full, memory for the length of the visit. */
export function tolerantStorage(open: () => KeyValue): KeyValue {
  const memory = new Map<string, string>();
  const attempt = <T>(act: (storage: KeyValue) => T): T | undefined => {
    try {
      return act(open());
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key)) ?? null,
    setItem(key, value) {
      memory.delete(key);
      const written = attempt((storage) => {
        storage.setItem(key, value);
        return true;
      });
      if (!written) memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      attempt((storage) => storage.removeItem(key));
    },
  };
}

function isLine(entry: unknown): entry is [string, number] {
  if (!Array.isArray(entry) || entry.length !== 2) return false;
  const [id, quantity] = entry as [unknown, unknown];
  if (typeof id !== "string" || id === "") return false;
  return Number.isInteger(quantity) && (quantity as number) >= 1 && (quantity as number) <= maxQuantity;
}
