import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { Shortage } from "#common/errors";
import { MoneySchema } from "#common/genproto/common/v1/money_pb";
import {
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
import type { Money, Product } from "../domain/product.ts";
import type { Reservation } from "../domain/reservation.ts";

/** A product as it goes over the wire: what is reserved or sold is nobody else's business. */
export function toItem({ id, unitPrice, reserved: _, sold: __, ...product }: Product): Item {
  return create(ItemSchema, { ...product, productId: id, unitPrice: toMoney(unitPrice) });
}

/** What a product lacks. */
export function toShortage(shortage: Shortage): ShortageMessage {
  return create(ShortageSchema, shortage);
}

/** The answer to one order of a batch. */
export function toResult(result: ReservationResult): ResultMessage {
  if (result.outcome === "rejected") {
    const { orderId, unknownProductIds, shortages } = result;
    const value = { unknownProductIds: [...unknownProductIds], shortages: shortages.map(toShortage) };
    return create(ReservationResultSchema, { orderId, outcome: { case: "rejected", value } });
  }
  const { orderId, status, lines, expiresAt } = result.reservation;
  const value = {
    lines: lines.map((line) => ({ ...line, unitPrice: toMoney(line.unitPrice) })),
    // What was given back holds no longer, whatever the caller's clock says.
    expiresAt: timestampFromDate(status === "released" ? new Date(0) : expiresAt),
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

function toMoney({ amount, currency }: Money) {
  return create(MoneySchema, { amount: BigInt(amount), currency });
}
