import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { type Order, OrderStatus, RefundStatus } from "#common/genproto/order/v1/order_pb";
import type { OrderRefund } from "#common/genproto/order/v1/staff_pb";
import { CheckoutStatus, RefundState } from "#common/genproto/payment/v1/payment_pb";
import type { GetPaymentFileResponse } from "#common/genproto/payment/v1/staff_pb";
import { ReservationStatus } from "#common/genproto/stock/v1/stock_pb";
import { type BookedOrder, type BookedPayment, dishFaults, orderFaults } from "../domain/books.ts";
import type { Services } from "./services.ts";

/** What was read, and what did not fit, a sentence each. Times are in milliseconds since the epoch. */
export type Books = { from: number; at: number; dishes: number; orders: number; cut: boolean; faults: string[] };

const hourMs = 3_600_000;
/** An order that moved within this time is perhaps not known to the other services yet. */
const restMs = 60_000;
/** How long an answer is given again, in milliseconds. */
const wordMs = 60_000;
const pageSize = 100;
const mostPages = 20;
const mostFaults = 100;

/**
 * Reads the books of order, stock and payment side by side: the units of every dish, and the orders of the last hour,
 * the newest 2,000. What moved while it was read looks wrong, so what is told is what a second look still finds.
 */
export function keepBooks(services: Services, now: () => number): () => Promise<Books> {
  const { order, stock, payment } = services;

  async function ordersSince(from: number): Promise<{ orders: Order[]; cut: boolean }> {
    const orders: Order[] = [];
    let pageToken = "";
    for (let page = 0; page < mostPages; page++) {
      const found = await order.searchOrders({ from: timestampFromMs(from), pageSize, pageToken });
      orders.push(...found.orders);
      pageToken = found.nextPageToken;
      if (pageToken === "") return { orders, cut: false };
    }
    return { orders, cut: true };
  }

  /** What is wrong with these orders; and those of which something went back, whose own word is to be heard. */
  async function look(entries: readonly Entry[]) {
    const orderIds = entries.map(({ order: { id } }) => id);
    const [{ dishes, reservations }, { files }] = await Promise.all([
      stock.getBooks({ orderIds }),
      payment.listPaymentFiles({ orderIds }),
    ]);
    const held = new Map(reservations.map(({ orderId, status }) => [orderId, status]));
    const paid = new Map(files.map((file) => [file.payment?.orderId, file]));
    const booked = entries.map((entry) => bookedOf(entry, held.get(entry.order.id), paid.get(entry.order.id)));
    const faults = booked.map(orderFaults);
    const doubtful = orderIds.filter((_, at) => faults[at]?.length || booked[at]?.payment?.back);
    return { dishes, faults: faults.flat(), doubtful };
  }

  async function read(): Promise<Books> {
    const at = now();
    const from = at - hourMs;
    const { orders, cut } = await ordersSince(from);
    const rested = orders.filter(({ updatedAt }) => updatedAt && timestampMs(updatedAt) < at - restMs);
    const doubtful: string[] = [];
    for (let first = 0; first < rested.length; first += pageSize) {
      const some = rested.slice(first, first + pageSize).map((one) => ({ order: one }));
      doubtful.push(...(await look(some)).doubtful);
    }
    const again: Entry[] = [];
    for (const orderId of doubtful.slice(0, mostFaults)) {
      const file = await order.getOrderFile({ orderId });
      if (file.order) again.push({ order: file.order, number: file.number, refunds: file.refunds });
    }
    const { dishes, faults } = await look(again);
    const all = [...dishes.flatMap(dishFaults), ...faults].slice(0, mostFaults);
    return { from, at, dishes: dishes.length, orders: rested.length, cut, faults: all };
  }

  let word: { at: number; books: Promise<Books> } | undefined;
  return () => {
    if (word && now() - word.at < wordMs) return word.books;
    const books = read();
    word = { at: now(), books };
    // A failed reading is done again at the next question.
    books.catch(() => {
      word = undefined;
    });
    return books;
  };
}

type Entry = { order: Order; number?: string; refunds?: readonly OrderRefund[] };

const statuses: Record<OrderStatus, BookedOrder["status"]> = {
  [OrderStatus.UNSPECIFIED]: "open",
  [OrderStatus.PENDING]: "open",
  [OrderStatus.WAITING_FOR_PAYMENT]: "open",
  [OrderStatus.PAID]: "kept",
  [OrderStatus.COOKING]: "kept",
  [OrderStatus.READY]: "kept",
  [OrderStatus.CANCELLED]: "cancelled",
  [OrderStatus.REFUNDED]: "refunded",
};

const reservations: Partial<Record<ReservationStatus, BookedOrder["reservation"]>> = {
  [ReservationStatus.RESERVED]: "reserved",
  [ReservationStatus.COMMITTED]: "committed",
  [ReservationStatus.RELEASED]: "released",
};

function bookedOf(
  { order: { status, total, history }, number = "", refunds }: Entry,
  held: ReservationStatus | undefined,
  file: GetPaymentFileResponse | undefined,
): BookedOrder {
  const said = (by: RefundStatus) =>
    refunds?.filter((one) => one.status === by).reduce((sum, { amount }) => sum + Number(amount?.amount ?? 0n), 0);
  return {
    number,
    status: statuses[status] ?? "open",
    wasPaid: history.some((change) => change.status === OrderStatus.PAID),
    total: plain(total),
    back: said(RefundStatus.SUCCEEDED),
    owed: said(RefundStatus.REFUNDING),
    reservation: reservations[held ?? ReservationStatus.UNSPECIFIED] ?? "none",
    payment: file && paymentOf(file),
  };
}

const standings: Record<CheckoutStatus, BookedPayment["status"]> = {
  [CheckoutStatus.UNSPECIFIED]: "closed",
  [CheckoutStatus.OPEN]: "open",
  [CheckoutStatus.PROCESSING]: "open",
  [CheckoutStatus.PAID]: "taken",
  [CheckoutStatus.CLOSED]: "closed",
  [CheckoutStatus.REFUNDING]: "taken",
  [CheckoutStatus.REFUNDED]: "taken",
};

function paymentOf({ payment, refunds, disputes }: GetPaymentFileResponse): BookedPayment | undefined {
  if (!payment) return undefined;
  const { status, total } = payment;
  const sum = (state: RefundState) =>
    refunds.filter((one) => one.state === state).reduce((all, { amount }) => all + Number(amount?.amount ?? 0n), 0);
  return {
    status: standings[status] ?? "closed",
    total: plain(total),
    back: sum(RefundState.SUCCEEDED),
    owed: sum(RefundState.REFUNDING),
    isDisputed: disputes.length > 0,
  };
}

function plain(money: { amount: bigint; currency: string } | undefined) {
  return { amount: Number(money?.amount ?? 0n), currency: money?.currency ?? "" };
}
