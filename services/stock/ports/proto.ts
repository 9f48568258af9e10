import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { moneyMessage } from "#common/connect/money";
import type { Shortage } from "#common/errors";
import {
  AllergensSchema,
  DishWordsSchema,
  type Item,
  ItemSchema,
  type OrderReservation,
  OrderReservationSchema,
  ReservationResultSchema,
  ReservationStatus,
  type ReservationResult as ResultMessage,
  type Shortage as ShortageMessage,
  ShortageSchema,
} from "#common/genproto/stock/v1/stock_pb";
import type { ReservationResult } from "../domain/allot.ts";
import type { Product } from "../domain/product.ts";
import type { Reservation } from "../domain/reservation.ts";

/** A product as it goes over the wire: what is reserved or sold is nobody else's business. */
export function toItem(product: Product): Item {
  const { id: productId, name, description, category, emoji, image, unitPrice, available, stripePriceId } = product;
  const fields = { productId, name, description, category, emoji, image, available, stripePriceId };
  const { translations } = product;
  const said = { ...toAllergens(product), translations: toTranslations(translations) };
  return create(ItemSchema, { ...fields, ...said, unitPrice: moneyMessage(unitPrice) });
}

/** A product's words in other languages. */
export function toTranslations(translations: Product["translations"]) {
  const languages = Object.entries(translations ?? {});
  return Object.fromEntries(languages.map(([language, words]) => [language, create(DishWordsSchema, words)]));
}

/** What is known of a product's allergens. */
export function toAllergens({ allergens }: Pick<Product, "allergens">) {
  return allergens ? { allergens: create(AllergensSchema, { names: [...allergens] }) } : {};
}

export function toShortage(shortage: Shortage): ShortageMessage {
  return create(ShortageSchema, shortage);
}

/** The answer to one order of a batch. @param now milliseconds since the epoch. */
export function toResult(result: ReservationResult, now: number): ResultMessage {
  if (result.outcome === "rejected") {
    const { orderId, unknownProductIds, shortages, priceChanges, closed } = result;
    const value = {
      unknownProductIds: [...unknownProductIds],
      shortages: shortages.map(toShortage),
      priceChanges: priceChanges.map(({ productId, seen, now }) => {
        return { productId, seen: moneyMessage(seen), now: moneyMessage(now) };
      }),
      shopClosed: closed !== undefined,
      shopSentence: closed ?? "",
    };
    return create(ReservationResultSchema, { orderId, outcome: { case: "rejected", value } });
  }
  const { orderId, status, lines, expiresAt } = result.reservation;
  const holdsNothing = status === "released" || (status === "reserved" && expiresAt.getTime() <= now);
  const value = {
    lines: lines.map(({ unitPrice, translatedName = "", ...line }) => {
      return { ...line, translatedName, unitPrice: moneyMessage(unitPrice) };
    }),
    // What was released, or may be at any moment, holds no longer, whatever the caller's clock says.
    expiresAt: timestampFromDate(holdsNothing ? new Date(0) : expiresAt),
    repeatedRequest: result.repeated,
  };
  return create(ReservationResultSchema, { orderId, outcome: { case: "reserved", value } });
}

const statuses = {
  reserved: ReservationStatus.RESERVED,
  committed: ReservationStatus.COMMITTED,
  released: ReservationStatus.RELEASED,
};

/** What an order holds; without a reservation only its id. */
export function toOrderReservation(orderId: string, reservation: Reservation | undefined): OrderReservation {
  if (!reservation) return create(OrderReservationSchema, { orderId });
  const { status, expiresAt } = reservation;
  return create(OrderReservationSchema, {
    orderId,
    status: statuses[status],
    expiresAt: timestampFromDate(expiresAt),
  });
}
