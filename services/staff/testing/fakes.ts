import { create } from "@bufbuild/protobuf";
import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import type { ConnectRouter } from "@connectrpc/connect";
import { AppError } from "#common/errors";
import {
  type Act,
  type ActFilter,
  type ActPage,
  ActPageSchema,
  type ActRecord,
  ActRecordSchema,
} from "#common/genproto/common/v1/act_pb";
import { OrderStaffService } from "#common/genproto/order/v1/staff_pb";
import { PaymentStaffService } from "#common/genproto/payment/v1/staff_pb";
import { StockStaffService } from "#common/genproto/stock/v1/staff_pb";

/** A record of an act at this time. */
export const record = (id: string, at: number, target = ""): ActRecord =>
  create(ActRecordSchema, { id, at: timestampFromMs(at), target, subject: "u1", action: "order.refund" });

/** What `until` leaves out and a page holds, as the contract says: newest first, pages by a token. */
function pageOf(records: readonly ActRecord[], { until, target, pageSize, pageToken }: Partial<ActFilter> = {}) {
  const at = (one: ActRecord) => (one.at ? timestampMs(one.at) : 0);
  const end = until ? timestampMs(until) : Number.POSITIVE_INFINITY;
  const all = records
    .filter((one) => at(one) < end && (!target || one.target === target))
    .sort((a, b) => at(b) - at(a) || (a.id < b.id ? 1 : -1));
  const [from, size] = [Number(pageToken || 0), pageSize || 50];
  const nextPageToken = from + size < all.length ? String(from + size) : "";
  return { page: { records: all.slice(from, from + size), nextPageToken } };
}

/** Who keeps records of acts. */
type Keeper = "order" | "stock" | "payment" | "staff";

/** What the services behind were told, and who of them is away. */
export type Behind = {
  acts: Record<Keeper, ActRecord[]>;
  away: Set<Keeper>;
  /** Acts in the order that they came. */
  told: Act[];
  lists: number;
  tickets: { orderId: string; version?: bigint }[];
  routes: (router: ConnectRouter) => void;
  /** Staff's own records. */
  ownActs: (filter: ActFilter) => Promise<ActPage>;
};

/** Order, stock and payment with one order, "o1"; every other id is unknown. A repeated act is answered as the first. */
export function behind(): Behind {
  const orderId = "o1";
  const order = { id: orderId, traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
  const here = (who: Keeper) => {
    if (it.away.has(who)) throw new AppError("unavailable", `${who} is away`);
  };
  const act = (who: Keeper, given: Act | undefined, target = orderId) => {
    here(who);
    if (!given?.subject || !/^[0-9a-f-]{36}$/.test(given.requestId))
      throw new AppError("invalid", "the act lacks a UUID");
    if (target !== orderId) throw new AppError("not_found", "There is no such order");
    if (!it.told.some(({ requestId }) => requestId === given.requestId)) it.told.push(given);
  };
  const it: Behind = {
    acts: { order: [], stock: [], payment: [], staff: [] },
    away: new Set(),
    told: [],
    lists: 0,
    tickets: [{ orderId }],
    async ownActs(filter) {
      here("staff");
      return create(ActPageSchema, pageOf(it.acts.staff, filter).page);
    },
    routes(router) {
      router.service(OrderStaffService, {
        listTickets() {
          here("order");
          it.lists += 1;
          return { tickets: it.tickets };
        },
        takeTicket(request) {
          act("order", request.act, request.orderId);
          return { ticket: { orderId } };
        },
        refundOrder(request) {
          act("order", request.act, request.orderId);
          if ((request.amount?.amount ?? 0n) > 900n) throw new AppError("conflict", "Only €9.00 are left");
          return { order };
        },
        searchOrders: () => ({ orders: [{ id: "0b1c6a2e-7f3d-5c1a-9d0e-00112233aabb" }], nextPageToken: "next" }),
        getOrderFile(request) {
          here("order");
          if (request.orderId !== orderId) throw new AppError("not_found", "There is no such order");
          return { order, number: "A1B2C3" };
        },
        listOrderActs({ filter }) {
          here("order");
          return pageOf(it.acts.order, filter);
        },
        getTakings: () => ({
          dishes: [{ name: '=HYPERLINK("http://evil")', units: 2, taken: { amount: 1850n, currency: "eur" } }],
        }),
      });
      router.service(StockStaffService, {
        listDishes: () => ({ dishes: [{ productId: "tea", hidden: true }] }),
        getShop() {
          here("stock");
          return { shop: { closed: true, sentence: "Back at six" } };
        },
        moveStock(request) {
          act("stock", request.act);
          return { dish: { productId: request.productId } };
        },
        listStockActs({ filter }) {
          here("stock");
          return pageOf(it.acts.stock, filter);
        },
      });
      router.service(PaymentStaffService, {
        getPaymentFile(request) {
          here("payment");
          if (request.orderId !== orderId) throw new AppError("not_found", "There is no payment");
          return { payment: { orderId }, dashboardUrl: "https://provider.example/p1" };
        },
        listPaymentActs({ filter }) {
          here("payment");
          return pageOf(it.acts.payment, filter);
        },
      });
    },
  };
  return it;
}
