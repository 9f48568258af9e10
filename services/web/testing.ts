import type { Order, OrderStatus, Product } from "./api/types.ts";
import type { KeyValue } from "./cart/storage.ts";

/** Made-up things for the tests of the page. */
export function aProduct(id: string, changes: Partial<Product> = {}): Product {
  const unitPrice = { amount: 1000, currency: "eur" };
  return {
    id,
    name: `The ${id}`,
    description: "Good.",
    category: "Pizza",
    emoji: "🍕",
    unitPrice,
    available: 10,
    ...changes,
  };
}

const times = [
  "2026-11-22T12:00:00.000Z",
  "2026-11-22T12:00:01.000Z",
  "2026-11-22T12:00:09.000Z",
  "2026-11-22T12:00:30.000Z",
  "2026-11-22T12:00:45.000Z",
];

/** An order that went through these statuses, the first one being where it began. */
export function anOrder(went: OrderStatus[], changes: Partial<Order> = {}): Order {
  const history = went.map((status, index) => ({ status, at: times[index] ?? "", by: "customer" as const }));
  const last = history.at(-1);
  return {
    id: "0193-abc123",
    status: last?.status ?? "pending",
    items: [{ productId: "margherita", name: "Margherita", quantity: 2, unitPrice: { amount: 1050, currency: "eur" } }],
    total: { amount: 2100, currency: "eur" },
    expiresAt: "2026-11-22T12:30:00.000Z",
    createdAt: times[0] ?? "",
    updatedAt: last?.at ?? "",
    version: went.length,
    history,
    ...changes,
  };
}

export function memoryStorage(kept: Record<string, string> = {}): KeyValue {
  const values = new Map(Object.entries(kept));
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** A browser's address bar and history, as far as a navigator needs them. */
export function aBrowser(address: string) {
  const location = { pathname: "", search: "" };
  let back = () => {};
  const show = (to: string) => {
    const { pathname, search } = new URL(to, "http://page");
    Object.assign(location, { pathname, search });
  };
  show(address);
  const written = (_: unknown, __: string, to?: string | URL | null) => show(String(to));
  return {
    location,
    history: { pushState: written, replaceState: written },
    addEventListener: (_: "popstate", listener: () => void) => {
      back = listener;
    },
    goBack(to: string) {
      show(to);
      back();
    },
  };
}
