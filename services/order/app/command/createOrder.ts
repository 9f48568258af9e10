import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import { moneyText } from "#common/money";
import { asPicked, type Line, mergeLines, sameLines, sameNotes } from "../../domain/lines.ts";
import { Order, type OrderSnapshot, type Placement } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Admission } from "../admission.ts";
import type { Outbox } from "../outbox.ts";
import type { Now, Stock } from "../services.ts";

/** What a customer wants. The same customer and key mean the same order. */
export type CreateOrder = {
  customerId: string;
  /** Whom the customer was as a guest until a moment ago: the key means the same order for both. */
  guestId?: string | undefined;
  idempotencyKey: string;
  lines: readonly Line[];
  /** What the guest wants to be called; nothing when empty. */
  guestName?: string;
  /** The guest's language. Not a part of what the key stands for: who tries again may have changed it. */
  language?: string | undefined;
  /** Where the wish comes from, as far as that is known. */
  address?: string;
};

type Deps = {
  orders: OrderRepository;
  stock: Stock;
  outbox: Outbox;
  admission: Pick<Admission, "enter">;
  now: Now;
  /** How long an order can be paid, and how long one is held whose guest does not go to pay, in milliseconds. */
  ttlMs: number;
  holdMs: number;
  /** The id that belongs to a customer's key: the same key can never make a second order or reservation. */
  orderId: (customerId: string, idempotencyKey: string) => string;
  newId: () => string;
  traceparent: () => string;
};

/** Reserves the items, stores the order with its event, and leaves the telling to the outbox. */
export function createOrder(deps: Deps): Handler<CreateOrder, OrderSnapshot> {
  async function placeOrder(wish: CreateOrder): Promise<[OrderSnapshot, boolean]> {
    const { customerId, guestId, idempotencyKey, lines, guestName = "", language } = wish;
    const id = deps.orderId(guestId ?? customerId, idempotencyKey);
    const wanted = mergeLines(lines);
    const reservation = await reserve(deps.stock, { id, wanted, lines, language });
    if (!sameLines(reservation.lines, wanted)) throw keyReused();
    const first = reservation.repeated ? await deps.orders.get(id) : undefined;
    if (first) return [firstAnswer(first, wanted, guestName), false];
    const stamp = deps.now();
    const order = await place(deps.stock, {
      id,
      customerId,
      ...(guestId && { formerOwners: [{ customerId: guestId, ...stamp }] }),
      guestName,
      ...(language && { language }),
      lines: asPicked(reservation.lines, wanted),
      traceparent: deps.traceparent(),
      ...times(stamp.at.getTime(), deps),
      eventId: deps.newId(),
      stamp,
    });
    if (reservation.repeated && reservation.expiresAt.getTime() <= 0) throw keyLapsed();
    if ((await deps.orders.add(order)) === "exists") {
      const other = await deps.orders.get(id);
      if (!other) throw new Error(`order ${id} exists and was not found`);
      return [firstAnswer(other, wanted, guestName), false];
    }
    deps.outbox.send(order);
    return [order.snapshot, true];
  }

  return async (wish) => {
    const leave = deps.admission.enter();
    let isNew = false;
    try {
      const [order, placed] = await placeOrder(wish);
      isNew = placed;
      return order;
    } finally {
      leave(isNew);
    }
  };
}

function times(now: number, { ttlMs, holdMs }: Pick<Deps, "ttlMs" | "holdMs">): Pick<Placement, "expiresAt" | "hold"> {
  const payableUntil = new Date(now + ttlMs);
  if (holdMs >= ttlMs) return { expiresAt: payableUntil };
  const until = new Date(now + holdMs);
  return { expiresAt: until, hold: { until, payableUntil } };
}

/** What is reserved; `lines` as the customer sent them. */
type Asked = { id: string; wanted: readonly Line[]; lines: readonly Line[]; language: string | undefined };

/** Names the customer's own lines in stock's refusal. */
async function reserve(stock: Stock, { id, wanted, lines, language }: Asked) {
  try {
    return await stock.reserve(id, wanted, language);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const index = (productId: string) => lines.findIndex((line) => line.productId === productId);
    const short = error.details.shortages?.map(({ productId, available }) => ({
      field: `items[${index(productId)}].quantity`,
      message: available > 0 ? `Only ${available} left` : "Sold out",
    }));
    const unknown = error.details.fields?.map(({ field, message }) => ({
      field: `items[${index(field)}].productId`,
      message,
    }));
    const changed = error.details.priceChanges?.map(({ productId, now }) => ({
      field: `items[${index(productId)}].unitPrice`,
      message: `It is ${moneyText(now, "en")} now`,
    }));
    const fields = short ?? unknown ?? changed;
    throw fields ? new AppError(error.kind, error.message, { ...error.details, fields }, { cause: error }) : error;
  }
}

/** What was reserved for an order that cannot be placed after all goes back. */
async function place(stock: Stock, placement: Placement): Promise<Order> {
  try {
    return Order.place(placement);
  } catch (error) {
    await stock.release(placement.id);
    throw error;
  }
}

/**
 * The order that the key belongs to, as it was answered first.
 * @throws AppError "idempotency_key_reused" when something else is wanted by now.
 */
export function firstAnswer({ asPlaced }: Order, wanted: readonly Line[], guestName: string): OrderSnapshot {
  const { lines, guestName: first = "" } = asPlaced;
  if (!sameLines(lines, wanted) || !sameNotes(lines, wanted) || first !== guestName) throw keyReused();
  return asPlaced;
}

function keyReused(): AppError {
  const message = "This Idempotency-Key was used for another order. Send a new key with a new order.";
  return new AppError("idempotency_key_reused", message, { fields: [{ field: "Idempotency-Key", message }] });
}

function keyLapsed(): AppError {
  return new AppError(
    "conflict",
    "The first attempt with this Idempotency-Key has lapsed. Order again with a new key.",
  );
}
