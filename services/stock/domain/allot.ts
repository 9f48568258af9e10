import type { PriceChange, Shortage } from "#common/errors";
import { type Money, orderable, type Product, type Quantities, sameMoney } from "./product.ts";
import type { Reservation, ReservedLine } from "./reservation.ts";
import type { Shop } from "./shop.ts";
import { nameIn } from "./translations.ts";

/** How many units of a product somebody wants, and the price that they were shown, if they say. */
export type Line = { readonly productId: string; readonly quantity: number; readonly priceSeen?: Money | undefined };

/** What an order asks for: one line a product, and until when it holds. */
export type ReservationRequest = {
  readonly orderId: string;
  readonly lines: readonly Line[];
  readonly expiresAt: Date;
  /** The guest's language, if they said. */
  readonly language?: string;
};

/** The answer to one order of a batch. */
export type ReservationResult =
  | { readonly outcome: "reserved"; readonly reservation: Reservation; readonly repeated: boolean }
  | {
      readonly outcome: "rejected";
      readonly orderId: string;
      readonly unknownProductIds: readonly string[];
      readonly shortages: readonly Shortage[];
      readonly priceChanges: readonly PriceChange[];
      /** Set when the shop is closed: what guests read. */
      readonly closed?: string;
    };

/** What is known when a batch is served. */
export type Stock = {
  readonly products: ReadonlyMap<string, Product>;
  /** Reservations that the batch's orders already have. */
  readonly known: ReadonlyMap<string, Reservation>;
  /** Prices that count instead of the products' own. */
  readonly prices: ReadonlyMap<string, Money>;
  readonly shop: Shop;
};

/** What serving a batch comes to. */
export type Allotment = {
  /** One for each request, in the requests' order. */
  readonly results: readonly ReservationResult[];
  /** The reservations that are new. */
  readonly created: readonly Reservation[];
  /** The units that the new reservations take. */
  readonly taken: Quantities;
};

/**
 * Serves a batch first come, first served, each order all or nothing: an order that can't be served takes nothing, so
 * its neighbours do not notice it. An order that already has a reservation gets that one, whatever became of it since,
 * and also when the shop was closed or a price changed meanwhile.
 */
export function allot(requests: readonly ReservationRequest[], stock: Stock): Allotment {
  const reservations = new Map(stock.known);
  const created: Reservation[] = [];
  const taken = new Map<string, number>();

  const results = requests.map((request): ReservationResult => {
    const first = reservations.get(request.orderId);
    if (first) return { outcome: "reserved", reservation: first, repeated: true };

    const { missing: shortages, unknownProductIds } = missingOf(request.lines, stock.products, taken);
    const priceChanges = priceChangesOf(request.lines, stock);
    const closed = stock.shop.closed ? { closed: stock.shop.sentence } : {};
    const isRefused = [shortages, unknownProductIds, priceChanges].some(({ length }) => length > 0);
    if (isRefused || stock.shop.closed)
      return { outcome: "rejected", orderId: request.orderId, unknownProductIds, shortages, priceChanges, ...closed };

    for (const { productId, quantity } of request.lines) taken.set(productId, (taken.get(productId) ?? 0) + quantity);
    const reservation = reserved(request, stock);
    reservations.set(request.orderId, reservation);
    created.push(reservation);
    return { outcome: "reserved", reservation, repeated: false };
  });
  return { results, created, taken };
}

/** Which of the lines can't be served from what is there, less what was taken already. */
export function missingOf(
  lines: readonly Line[],
  products: ReadonlyMap<string, Product>,
  taken: Quantities = new Map(),
): { missing: Shortage[]; unknownProductIds: string[] } {
  const missing: Shortage[] = [];
  const unknownProductIds: string[] = [];
  for (const { productId, quantity } of lines) {
    const product = products.get(productId);
    if (!product || product.hidden) unknownProductIds.push(productId);
    else {
      const available = Math.max(orderable(product) - (taken.get(productId) ?? 0), 0);
      if (available < quantity) missing.push({ productId, requested: quantity, available });
    }
  }
  return { missing, unknownProductIds };
}

function priceChangesOf(lines: readonly Line[], { products, prices }: Stock): PriceChange[] {
  return lines.flatMap(({ productId, priceSeen: seen }) => {
    const now = prices.get(productId) ?? products.get(productId)?.unitPrice;
    return seen && now && !sameMoney(seen, now) ? [{ productId, seen, now }] : [];
  });
}

function reserved(request: ReservationRequest, { products, prices }: Stock): Reservation {
  const { orderId, lines, expiresAt, language } = request;
  const snapshots = lines.flatMap(({ productId, quantity }): ReservedLine[] => {
    const product = products.get(productId);
    if (!product) return [];
    const { name, stripePriceId } = product;
    const unitPrice = prices.get(productId) ?? product.unitPrice;
    const translatedName = nameIn(product, language);
    return [{ productId, name, ...(translatedName && { translatedName }), quantity, unitPrice, stripePriceId }];
  });
  snapshots.sort((a, b) => (a.productId < b.productId ? -1 : 1));
  return { orderId, status: "reserved", lines: snapshots, expiresAt };
}
