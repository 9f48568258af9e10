import { AppError } from "#common/errors";
import type { Stock } from "../app/services.ts";
import type { Line, SoldLine } from "../domain/lines.ts";
import { sold } from "./orders.ts";

type Held = { lines: SoldLine[]; expiresAt: Date; status: "reserved" | "committed" | "released" };

/** Stock with as many units as `shelf` says, which keeps a reservation an order. */
export function fakeStock(shelf: Record<string, number>, expiresAt = new Date("2999-01-01")) {
  const left = new Map(Object.entries(shelf));
  const held = new Map<string, Held>();
  const fake = {
    left,
    held,
    /** While true nothing answers. */
    away: false,
    currencies: new Map<string, string>(),
    /** What products are called in German. */
    german: new Map<string, string>(),
    shop: { closed: false, sentence: "" },
    calls: [] as string[],
  };
  const ask = async (what: string, orderId: string): Promise<void> => {
    await new Promise(setImmediate);
    if (fake.away) throw new AppError("unavailable", "stock.v1.StockService does not answer");
    fake.calls.push(`${what} ${orderId}`);
  };
  const take = (lines: readonly Line[]): void => {
    const shortages = lines
      .map(({ productId, quantity }) => ({ productId, requested: quantity, available: left.get(productId) ?? 0 }))
      .filter(({ requested, available }) => available < requested);
    if (shortages.length > 0) throw new AppError("out_of_stock", "There is not enough left", { shortages });
    for (const { productId, quantity } of lines) left.set(productId, (left.get(productId) ?? 0) - quantity);
  };
  const stock: Stock = {
    async reserve(orderId, lines, language = "") {
      await ask("reserve", orderId);
      const before = held.get(orderId);
      if (before) return { lines: before.lines, expiresAt: before.expiresAt, repeated: true };
      if (fake.shop.closed) throw new AppError("shop_closed", fake.shop.sentence);
      const unknown = lines.filter(({ productId }) => !left.has(productId));
      if (unknown.length > 0) {
        const fields = unknown.map(({ productId }) => ({ field: productId, message: "There is no such product" }));
        throw new AppError("invalid", "Some products are not on the menu", { fields });
      }
      const priceOf = (productId: string) => ({ amount: 250, currency: fake.currencies.get(productId) ?? "eur" });
      const priceChanges = lines.flatMap(({ productId, priceSeen: seen }) => {
        const now = priceOf(productId);
        return seen && (seen.amount !== now.amount || seen.currency !== now.currency) ? [{ productId, seen, now }] : [];
      });
      if (priceChanges.length > 0) throw new AppError("prices_changed", "Some prices have changed", { priceChanges });
      take(lines);
      const sorted = lines.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
      const priced = sorted.map(({ productId, quantity }) => {
        const translatedName = /^de(-|$)/.test(language) ? fake.german.get(productId) : undefined;
        return { ...sold(productId, quantity, priceOf(productId)), ...(translatedName && { translatedName }) };
      });
      held.set(orderId, { lines: priced, expiresAt, status: "reserved" });
      return { lines: priced, expiresAt, repeated: false };
    },
    async commit(orderId) {
      await ask("commit", orderId);
      const one = held.get(orderId);
      if (!one) throw new AppError("not_found", "There is no such reservation");
      if (one.status === "released") take(one.lines);
      one.status = "committed";
    },
    async release(orderId, evenSold) {
      await ask("release", orderId);
      const one = held.get(orderId);
      if (one?.status === "committed" && !evenSold) throw new AppError("conflict", "Its units are sold");
      if (!one || one.status === "released") return;
      one.status = "released";
      one.expiresAt = new Date(0);
      for (const { productId, quantity } of one.lines) left.set(productId, (left.get(productId) ?? 0) + quantity);
    },
    async find(orderIds) {
      await ask("find", orderIds.join());
      return orderIds.map((orderId) => held.get(orderId)?.status ?? "unknown");
    },
    products: async () => {
      await ask("products", "");
      const products = [...left].map(([id, available]) => {
        const { name, unitPrice } = sold(id);
        return { id, name, unitPrice, available, description: "", category: "food", emoji: "🍲" };
      });
      return { products, shop: fake.shop };
    },
  };
  return Object.assign(fake, stock);
}
