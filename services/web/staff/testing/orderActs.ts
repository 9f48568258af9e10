import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { Code, type ServiceImpl } from "@connectrpc/connect";
import { OrderStatus, RefundStatus } from "#common/genproto/order/v1/order_pb";
import { CheckoutStatus } from "#common/genproto/payment/v1/payment_pb";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import { aRefund, type Kept } from "./orders.ts";
import { type FakeState, refusal } from "./state.ts";

type Acts = Pick<
  ServiceImpl<typeof StaffService>,
  "searchOrders" | "getOrder" | "cancelOrder" | "refundOrder" | "announceOrder"
>;

const { PENDING, WAITING_FOR_PAYMENT, CANCELLED, READY } = OrderStatus;
const unpaid: readonly OrderStatus[] = [PENDING, WAITING_FOR_PAYMENT, CANCELLED];

function left({ order, refunds }: Kept): bigint {
  if (unpaid.includes(order.status)) return 0n;
  const back = refunds.filter(({ status }) => status !== RefundStatus.FAILED);
  return back.reduce((sum, { amount }) => sum - (amount?.amount ?? 0n), order.total?.amount ?? 0n);
}

/** What is done with orders, and what is found among them. */
export function orderActs(state: FakeState): Acts {
  function find(orderId: string) {
    const kept = state.orders.find(({ order }) => order.id === orderId);
    if (!kept) throw refusal(Code.NotFound, "there is no such order");
    return kept;
  }
  const fileOf = (kept: Kept) => ({
    ...kept,
    refundable: { amount: left(kept), currency: "eur" },
    openEntries: [
      {
        id: "e-1",
        type: "sale",
        since: timestampFromMs(state.now() - 9_000),
        dueAt: timestampFromMs(state.now() + 21_000),
      },
    ],
  });
  return {
    searchOrders({ search }) {
      const {
        number = "",
        guestName = "",
        statuses = [],
        productId = "",
        customerId = "",
        pageSize = 20,
        pageToken,
      } = search ?? {};
      const least = search?.leastAmount ?? 0n;
      const most = search?.mostAmount || 1_000_000_000n;
      const found = state.orders.filter(
        ({ order, number: its }) =>
          (!number || its === number.toUpperCase()) &&
          (statuses.length === 0 || statuses.includes(order.status)) &&
          (!productId || order.items.some((item) => item.productId === productId)) &&
          (!guestName || order.guestName.toLowerCase().startsWith(guestName.toLowerCase())) &&
          (!customerId || order.customerId === customerId) &&
          (!search?.from || (order.createdAt && timestampMs(order.createdAt) >= timestampMs(search.from))) &&
          (order.total?.amount ?? 0n) >= least &&
          (order.total?.amount ?? 0n) <= most,
      );
      const start = Number(pageToken || 0);
      const nextPageToken = found.length > start + pageSize ? String(start + pageSize) : "";
      return { orders: found.slice(start, start + pageSize), nextPageToken };
    },
    getOrder({ orderId }) {
      const kept = find(orderId);
      const status = unpaid.includes(kept.order.status) ? CheckoutStatus.OPEN : CheckoutStatus.PAID;
      return {
        file: fileOf(kept),
        payment: {
          payment: { orderId, status, ...(kept.order.total && { total: kept.order.total }), paymentId: "pi_3QK2" },
          refunds: [],
          disputes: [],
          dashboardUrl: "https://dashboard.stripe.com/payments/pi_3QK2",
        },
        acts: state.acts.filter(({ target }) => target === orderId),
        unavailable: [],
        traceUrl: "http://127.0.0.1:9411/zipkin/traces/4bf92f3577b34da6a3ce929d0e0e4736",
      };
    },
    cancelOrder({ orderId, reason }) {
      const kept = find(orderId);
      if (!reason) throw refusal(Code.InvalidArgument, "say why");
      if (kept.order.status === READY)
        throw refusal(Code.FailedPrecondition, "the meal is ready: give the money back instead");
      kept.order.status = CANCELLED;
      kept.order.history.push({ ...kept.order.history[0], status: CANCELLED, by: "staff:olga", reason } as never);
      kept.ticket = undefined;
      return { file: fileOf(kept) };
    },
    refundOrder({ orderId, amount, requestId, reason }) {
      const kept = find(orderId);
      const wanted = amount?.amount ?? left(kept);
      if (wanted <= 0n || wanted > left(kept))
        throw refusal(Code.FailedPrecondition, "that is more than is left to give back");
      kept.refunds.push(aRefund(requestId, wanted, RefundStatus.REFUNDING, "staff:olga", reason, state.now()));
      return { file: fileOf(kept) };
    },
    announceOrder({ orderId }) {
      find(orderId);
      state.trouble.stuck = state.trouble.stuck.filter((stuck) => stuck.orderId !== orderId);
      return {};
    },
  };
}
