import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ConnectRouter } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { AppError } from "#common/errors";
import { OrderStatus, RefundStatus } from "#common/genproto/order/v1/order_pb";
import { OrderStaffService } from "#common/genproto/order/v1/staff_pb";
import { CheckoutStatus } from "#common/genproto/payment/v1/payment_pb";
import { PaymentStaffService } from "#common/genproto/payment/v1/staff_pb";
import { StockStaffService } from "#common/genproto/stock/v1/staff_pb";
import { ReservationStatus } from "#common/genproto/stock/v1/stock_pb";
import { servedBy } from "../testing/staff.ts";
import { keepBooks } from "./books.ts";
import { servicesOn } from "./services.ts";

const noon = Date.UTC(2026, 0, 1, 12);
const total = { amount: 500n, currency: "eur" };

/** Paid orders with what stock says of them, look by look: the last word stands. */
function given(words: Record<string, readonly ReservationStatus[]>) {
  const looks = new Map<string, number>();
  const clock = { now: noon };
  const it = {
    away: false,
    sold: 0,
    searches: 0,
    updatedAt: noon - 61_000,
    order: OrderStatus.PAID as OrderStatus,
    payment: CheckoutStatus.PAID as CheckoutStatus,
    refunds: [] as { amount: typeof total; status: RefundStatus }[],
  };
  const message = (id: string) => {
    return { id, status: it.order, total, updatedAt: timestampFromMs(it.updatedAt) };
  };
  const said = (orderId: string) => {
    const look = looks.get(orderId) ?? 0;
    looks.set(orderId, look + 1);
    return words[orderId]?.[look] ?? words[orderId]?.at(-1) ?? ReservationStatus.UNSPECIFIED;
  };
  const routes = (router: ConnectRouter) => {
    router.service(OrderStaffService, {
      searchOrders({ from, pageSize, pageToken }) {
        it.searches += 1;
        expect(from).toEqual(timestampFromMs(clock.now - 3_600_000));
        const ids = Object.keys(words);
        const first = Number(pageToken || 0);
        const next = first + pageSize;
        const nextPageToken = next < ids.length ? String(next) : "";
        return { orders: ids.slice(first, next).map(message), nextPageToken };
      },
      getOrderFile: ({ orderId }) => ({ order: message(orderId), number: orderId.toUpperCase(), refunds: it.refunds }),
    });
    router.service(StockStaffService, {
      getBooks({ orderIds }) {
        if (it.away) throw new AppError("unavailable", "stock is away");
        const dishes = [{ productId: "tea", initial: 10, available: 10, sold: it.sold }];
        return { dishes, reservations: orderIds.map((orderId) => ({ orderId, status: said(orderId) })) };
      },
    });
    router.service(PaymentStaffService, {
      listPaymentFiles: ({ orderIds }) => ({
        files: orderIds.map((orderId) => ({ payment: { orderId, status: it.payment, total } })),
      }),
    });
  };
  return { books: keepBooks(servicesOn(servedBy(routes)), () => clock.now), clock, it };
}

const { COMMITTED, RELEASED, RESERVED } = ReservationStatus;

test("books that agree are told with how much was read", async () => {
  const { books } = given({ a: [COMMITTED], b: [COMMITTED] });
  const from = noon - 3_600_000;
  expect(await books()).toEqual({ from, at: noon, dishes: 1, orders: 2, cut: false, faults: [] });
});

test("a fault is told when a second look finds it too; what had only just moved is none", async () => {
  const { books, it } = given({ a: [RESERVED], b: [RESERVED, COMMITTED] });
  it.sold = 1;
  expect((await books()).faults).toEqual([
    "tea: 10 available, 0 reserved and 1 sold are 11 units, and 10 at first with 0 moved since are 10",
    "#A is paid, and its reservation is reserved",
  ]);
});

test("what gave its items back while its money takes days on the way is no fault, unless that came to nothing", async () => {
  const { books, clock, it } = given({ a: [RELEASED] });
  it.refunds = [{ amount: { ...total, amount: 200n }, status: RefundStatus.SUCCEEDED }];
  it.refunds.push({ amount: { ...total, amount: 300n }, status: RefundStatus.REFUNDING });
  expect((await books()).faults).not.toContain("#A is paid, and its reservation is released");
  clock.now += 61_000;
  it.updatedAt = noon;
  it.refunds = [{ amount: total, status: RefundStatus.FAILED }];
  expect((await books()).faults).toEqual(["#A is paid, and its reservation is released"]);
});

test.each([
  ["PAID", []],
  ["REFUNDING", []],
  ["REFUNDED", []],
  ["OPEN", ["#A is paid, and payment took no money for it"]],
  ["PROCESSING", ["#A is paid, and payment took no money for it"]],
  ["CLOSED", ["#A is paid, and payment took no money for it"]],
] as const)("of a paid order the money was taken where its payment is %s", async (status, faults) => {
  const { books, it } = given({ a: [COMMITTED] });
  it.payment = CheckoutStatus[status];
  expect((await books()).faults).toEqual(faults);
});

test.each(["PENDING", "WAITING_FOR_PAYMENT"] as const)("of an order that is %s no money was taken", async (status) => {
  const { books, it } = given({ a: [RESERVED] });
  it.order = OrderStatus[status];
  expect((await books()).faults).toEqual(["#A is not paid yet, and 5.00 EUR were taken for it"]);
});

test("an order that moved within the last minute is not looked at", async () => {
  const { books, it } = given({ a: [RESERVED] });
  it.updatedAt = noon - 60_000;
  expect(await books()).toMatchObject({ orders: 0, faults: [] });
});

test("of more orders than are looked at the newest are, and that is told", async () => {
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`o${index}`, [COMMITTED]]));
  expect(await given(many).books()).toMatchObject({ orders: 2_000, cut: true, faults: [] });
});

test("a word stands for a minute, and what could not be read is no word", async () => {
  const { books, clock, it } = given({ a: [COMMITTED] });
  it.away = true;
  await expect(books()).rejects.toMatchObject({ kind: "unavailable" });
  it.away = false;
  await books();
  const before = it.searches;
  await books();
  expect(it.searches).toBe(before);
  clock.now += 60_000;
  await books();
  expect(it.searches).toBe(before + 1);
});
