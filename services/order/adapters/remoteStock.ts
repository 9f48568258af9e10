import { timestampDate } from "@bufbuild/protobuf/wkt";
import { createClient, type Transport } from "@connectrpc/connect";
import { batched } from "#common/batch";
import { refusalOf } from "#common/connect/items";
import { answeredMoney, moneyMessage } from "#common/connect/money";
import { AppError } from "#common/errors";
import type { ItemResult } from "#common/genproto/common/v1/item_result_pb";
import {
  type DishWords,
  ReservationStatus as KnownStatus,
  type ReservationResult,
  StockService,
} from "#common/genproto/stock/v1/stock_pb";
import type { Product, Reservation, ReservationStatus, Stock } from "../app/services.ts";
import type { Line } from "../domain/lines.ts";

const largestBatch = 100;

const statuses: Record<KnownStatus, ReservationStatus> = {
  [KnownStatus.UNSPECIFIED]: "unknown",
  [KnownStatus.RESERVED]: "reserved",
  [KnownStatus.COMMITTED]: "committed",
  [KnownStatus.RELEASED]: "released",
};

type Asked = { orderId: string; lines: readonly Line[]; language: string | undefined };

/** Stock over Connect. Orders that arrive together reserve in one call, each with an answer of its own. */
export function remoteStock(transport: Transport, reservationTtlSeconds: number): Stock {
  const client = createClient(StockService, transport);
  const reserve = batched(async (asked: readonly Asked[]) => {
    const reservations = asked.map(({ orderId, lines, language = "" }) => ({
      orderId,
      language,
      lines: lines.map(({ priceSeen, note: _, ...line }) => ({
        ...line,
        ...(priceSeen && { priceSeen: moneyMessage(priceSeen) }),
      })),
      ttlSeconds: reservationTtlSeconds,
    }));
    return (await client.reserveItems({ reservations })).results;
  }, largestBatch);

  const commit = batched(async (orderIds: readonly string[]) => {
    return (await demandAnswer(client.commitReservations({ orderIds: [...orderIds] }))).results;
  }, largestBatch);
  const release = batched(async (asked: readonly { orderId: string; evenSold: boolean }[]) => {
    const orderIds = asked.map(({ orderId }) => orderId);
    const evenSold = asked.filter((one) => one.evenSold).map(({ orderId }) => orderId);
    return (await demandAnswer(client.releaseReservations({ orderIds, evenSold }))).results;
  }, largestBatch);

  return {
    reserve: async (orderId, lines, language) => reservationOf(await reserve({ orderId, lines, language })),
    commit: async (orderId) => demandDone(await commit(orderId)),
    async release(orderId, evenSold) {
      const result = await release({ orderId, evenSold: evenSold !== undefined });
      const refusal = refusalOf(StockService.typeName, result);
      if (evenSold && refusal?.kind === "conflict")
        throw new AppError("unavailable", "Stock of the version before keeps what is sold", {}, { cause: refusal });
      if (refusal) throw refusal;
    },
    async find(orderIds) {
      const { reservations } = await client.getReservations({ orderIds: [...orderIds] });
      const found = new Map(reservations.map(({ orderId, status }) => [orderId, statuses[status]]));
      return orderIds.map((orderId) => found.get(orderId) ?? "unknown");
    },
    async products() {
      const { items, shopClosed, shopSentence } = await client.getItems({});
      const products = items.map(({ productId, unitPrice, allergens, image, translations, ...item }) => ({
        id: productId,
        name: item.name,
        description: item.description,
        category: item.category,
        emoji: item.emoji,
        ...(allergens && { allergens: allergens.names }),
        ...(image && { image }),
        ...translated(translations),
        unitPrice: answeredMoney(unitPrice, `The price of ${productId}`),
        available: item.available,
      }));
      return { products, shop: { closed: shopClosed, sentence: shopSentence } };
    },
  };
}

/**
 * Stock refuses an order in the answer; when a whole call fails, with whatever code, it has said nothing of any order: a
 * connection that is told to calm down ends its calls in the code of "sold out".
 */
async function demandAnswer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    throw new AppError("unavailable", "Stock does not answer", {}, { cause });
  }
}

function demandDone(result: ItemResult): void {
  const refusal = refusalOf(StockService.typeName, result);
  if (refusal) throw refusal;
}

function reservationOf({ outcome }: ReservationResult): Reservation {
  switch (outcome.case) {
    case "reserved": {
      const { lines, expiresAt, repeatedRequest } = outcome.value;
      return {
        lines: lines.map(({ productId, name, translatedName, quantity, unitPrice, stripePriceId }) => ({
          productId,
          name,
          ...(translatedName && { translatedName }),
          quantity,
          unitPrice: answeredMoney(unitPrice, `The price of ${productId}`),
          stripePriceId,
        })),
        expiresAt: expiresAt ? timestampDate(expiresAt) : new Date(0),
        repeated: repeatedRequest,
      };
    }
    case "rejected": {
      const { unknownProductIds, shortages, priceChanges, shopClosed, shopSentence } = outcome.value;
      if (shopClosed) throw new AppError("shop_closed", shopSentence || "The shop takes no orders now");
      if (unknownProductIds.length > 0) {
        const fields = unknownProductIds.map((field) => ({ field, message: "There is no such product" }));
        throw new AppError("invalid", "Some products are not on the menu", { fields });
      }
      const plain = shortages.map(({ productId, requested, available }) => ({ productId, requested, available }));
      if (plain.length > 0)
        throw new AppError("out_of_stock", "There is not enough left of some products", { shortages: plain });
      const changes = priceChanges.map(({ productId, seen, now }) => ({
        productId,
        seen: answeredMoney(seen, `The price of ${productId} that was seen`),
        now: answeredMoney(now, `The price of ${productId}`),
      }));
      throw new AppError("prices_changed", "Some prices have changed since they were shown", { priceChanges: changes });
    }
    default:
      throw new Error("stock answered neither reserved nor rejected");
  }
}

/** A text that stock sends empty is said in the menu's own language. */
function translated(given: Readonly<Record<string, DishWords>>): Pick<Product, "translations"> {
  const languages = Object.entries(given).map(([language, { name, description, category }]) => {
    const words = { ...(name && { name }), ...(description && { description }), ...(category && { category }) };
    return [language, words] as const;
  });
  return languages.length > 0 ? { translations: Object.fromEntries(languages) } : {};
}
