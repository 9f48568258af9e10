import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Order, OrderSchema, OrderStatus, RefundStatus } from "#common/genproto/order/v1/order_pb";
import {
  type BoardTicket,
  BoardTicketSchema,
  type OrderRefund,
  OrderRefundSchema,
} from "#common/genproto/order/v1/staff_pb";
import type { Dish } from "#common/genproto/stock/v1/staff_pb";

/** An order with what the fake keeps beside it. */
export type Kept = { order: Order; number: string; refunds: OrderRefund[]; ticket: BoardTicket | undefined };

const went: Partial<Record<OrderStatus, readonly OrderStatus[]>> = {
  [OrderStatus.PAID]: [OrderStatus.PAID],
  [OrderStatus.COOKING]: [OrderStatus.PAID, OrderStatus.COOKING],
  [OrderStatus.READY]: [OrderStatus.PAID, OrderStatus.COOKING, OrderStatus.READY],
  [OrderStatus.CANCELLED]: [OrderStatus.CANCELLED],
};
const actors: Partial<Record<OrderStatus, string>> = {
  [OrderStatus.PENDING]: "customer",
  [OrderStatus.CANCELLED]: "sweeper",
  [OrderStatus.COOKING]: "staff:carla",
  [OrderStatus.READY]: "staff:carla",
};

/** The order that is the `index`th newest, in this status since it was placed `minutes` ago. */
export function anOrder(
  index: number,
  status: OrderStatus,
  minutes: number,
  dishes: readonly Dish[],
  now: number,
): Kept {
  const id = `0193f6b2-7c1a-7000-8000-${(0xa1b2c3d4e5 + index * 7919).toString(16).padStart(12, "0")}`;
  const number = id.replaceAll("-", "").slice(-6).toUpperCase();
  const placed = now - minutes * 60_000;
  const at = (after: number) => timestampFromMs(placed + after * 1_000);
  const lines = Array.from({ length: 1 + (index % 3) }, (_, line) => dishes[(index * 3 + line * 2) % dishes.length]);
  const items = lines.flatMap((dish, line) =>
    dish
      ? [
          {
            productId: dish.productId,
            name: dish.name,
            quantity: 1 + ((index + line) % 3),
            unitPrice: dish.unitPrice,
            note: (index + line) % 5 === 2 ? "no nuts, please" : "",
          },
        ]
      : [],
  );
  const amount = items.reduce((sum, { unitPrice, quantity }) => sum + (unitPrice?.amount ?? 0n) * BigInt(quantity), 0n);
  const statuses = [OrderStatus.PENDING, OrderStatus.WAITING_FOR_PAYMENT, ...(went[status] ?? [])];
  const order = create(OrderSchema, {
    id,
    customerId: `guest-${(index * 37) % 1000}`,
    guestName: index % 4 === 1 ? "Zoë Müller" : "",
    status,
    items: items.map(({ unitPrice, ...item }) => ({ ...item, ...(unitPrice && { unitPrice }) })),
    total: { amount, currency: "eur" },
    createdAt: at(0),
    updatedAt: at(60),
    version: BigInt(statuses.length),
    checkoutSessionId: `cs_test_${number}`,
    history: statuses.map((each, step) => ({
      status: each,
      at: at(step * 20),
      by: actors[each] ?? "payment",
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      reason: each === OrderStatus.CANCELLED ? "expired" : "",
    })),
  });
  const ticket = create(BoardTicketSchema, {
    orderId: id,
    number,
    status,
    guestName: order.guestName,
    lines: items.map(({ productId, name, quantity, note }) => ({ productId, name, quantity, note })),
    paidAt: at(40),
    claimedBy: status === OrderStatus.COOKING ? "staff:carla" : "",
    version: order.version,
    ...(status === OrderStatus.READY && { finishedAt: timestampFromMs(now - 8_000 * index) }),
  });
  const isKitchens = ([OrderStatus.PAID, OrderStatus.COOKING, OrderStatus.READY] as OrderStatus[]).includes(status);
  return { order, number, refunds: [], ticket: isKitchens ? ticket : undefined };
}

/** Money that went back for an order. */
export function aRefund(id: string, amount: bigint, status: RefundStatus, by: string, reason: string, now: number) {
  return create(OrderRefundSchema, {
    id,
    amount: { amount, currency: "eur" },
    status,
    by,
    reason,
    at: timestampFromMs(now),
  });
}

/** An evening's orders, the newest first. */
export function someOrders(dishes: readonly Dish[], now: number): Kept[] {
  const { PAID, COOKING, READY, WAITING_FOR_PAYMENT, CANCELLED } = OrderStatus;
  const evening: [OrderStatus, number][] = [
    [WAITING_FOR_PAYMENT, 1],
    [PAID, 2],
    [PAID, 4],
    [READY, 6],
    [COOKING, 7],
    [PAID, 9],
    [COOKING, 12],
    [PAID, 17],
    [READY, 19],
    [CANCELLED, 25],
    [READY, 31],
    [READY, 44],
  ];
  const orders = evening.map(([status, minutes], index) => anOrder(index, status, minutes, dishes, now));
  for (const { ticket } of orders.slice(9)) if (ticket) ticket.finishedAt = timestampFromMs(now - 3_600_000);
  orders[11]?.refunds.push(
    aRefund("r-1", 380n, RefundStatus.SUCCEEDED, "staff:olga", "Waited too long", now - 600_000),
  );
  const [cooked] = orders[6]?.ticket?.lines ?? [];
  if (cooked) cooked.done = true;
  return orders;
}
