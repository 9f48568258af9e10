import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Code, ConnectError } from "@connectrpc/connect";
import { type ActRecord, ActRecordSchema } from "#common/genproto/common/v1/act_pb";
import { RefundState } from "#common/genproto/payment/v1/payment_pb";
import { type ListMoneyResponse, ListMoneyResponseSchema } from "#common/genproto/payment/v1/staff_pb";
import {
  type DeadLetterQueue,
  DeadLetterQueueSchema,
  type GetBooksResponse,
  type GetTroubleResponse,
  Role,
  StaffService,
} from "#common/genproto/staff/v1/staff_pb";
import { type Dish, type Shop, ShopSchema } from "#common/genproto/stock/v1/staff_pb";
import { someDishes } from "./dishes.ts";
import { type Kept, someOrders } from "./orders.ts";
import { someBooks, someTrouble } from "./trouble.ts";

/** What the fake service knows, for tests to arrange and to look at. */
export type FakeState = {
  signedIn: boolean;
  role: Role;
  dishes: Dish[];
  orders: Kept[];
  shop: Shop;
  money: ListMoneyResponse;
  queues: DeadLetterQueue[];
  trouble: GetTroubleResponse;
  books: GetBooksResponse;
  acts: ActRecord[];
  /** Every call that arrived, by the RPC's name. */
  calls: string[];
  /** How these RPCs fail from now on. */
  failing: Map<string, ConnectError>;
  /** Ends or silences the board's streams. */
  board: "flows" | "silent" | "down";
  now(): number;
  /** Answers of acts by request id: a repeat is answered as the first time. */
  done: Map<string, unknown>;
  listeners: Set<() => void>;
  changed(): void;
};

const cooks = [
  "GetMe",
  "WatchBoard",
  "TakeTicket",
  "FinishTicket",
  "TakeBackTicket",
  "TickDish",
  "SetSoldOut",
  "ListDishes",
];
const cashiers = ["GetMe", "ListDishes", "SearchOrders", "GetOrder", "CancelOrder", "RefundOrder", "AnnounceOrder"];

/** What a role may call, as the contract says beside each RPC. */
export function allowedTo(role: Role): string[] {
  if (role === Role.COOK) return cooks;
  return role === Role.CASHIER ? cashiers : StaffService.methods.map(({ name }) => name);
}

/** A shop in the middle of its evening. */
export function aFakeState(now = Date.now): FakeState {
  const dishes = someDishes();
  const orders = someOrders(dishes, now());
  const listeners = new Set<() => void>();
  return {
    signedIn: true,
    role: Role.OWNER,
    dishes,
    orders,
    shop: create(ShopSchema, {}),
    money: someMoney(now()),
    queues: someQueues(now()),
    trouble: someTrouble(orders, now()),
    books: someBooks(now()),
    acts: someActs(now()),
    calls: [],
    failing: new Map(),
    board: "flows",
    now,
    done: new Map(),
    listeners,
    changed: () => {
      for (const listener of [...listeners]) listener();
    },
  };
}

const ago = (now: number, minutes: number) => timestampFromMs(now - minutes * 60_000);

function someMoney(now: number): ListMoneyResponse {
  const orderId = "0193f6b2-7c1a-7000-8000-00a1b2c42bb4";
  return create(ListMoneyResponseSchema, {
    putAside: [
      {
        eventId: "evt_1",
        orderId,
        taken: { amount: 1390n, currency: "eur" },
        reason: "other_amount",
        at: ago(now, 50),
      },
      {
        eventId: "evt_2",
        orderId: "",
        taken: { amount: 2200n, currency: "usd" },
        reason: "unknown_order",
        at: ago(now, 90),
      },
    ],
    refunds: [
      { id: "r-8", orderId, amount: { amount: 1050n, currency: "eur" }, state: RefundState.REFUNDING, at: ago(now, 4) },
      {
        id: "r-9",
        orderId,
        amount: { amount: 2990n, currency: "eur" },
        state: RefundState.FAILED,
        failure: "lost_or_stolen_card",
        at: ago(now, 200),
      },
    ],
    disputes: [
      {
        id: "d-1",
        orderId,
        amount: { amount: 4240n, currency: "eur" },
        reason: "product_not_received",
        status: "needs_response",
        at: ago(now, 2_000),
      },
    ],
  });
}

function someQueues(now: number): DeadLetterQueue[] {
  const letter = (index: number, type: string) => ({
    eventId: `event-${index}`,
    orderId: "0193f6b2-7c1a-7000-8000-00a1b2c42bb4",
    type,
    occurredAt: ago(now, 30 * index),
    event: JSON.stringify({ id: `event-${index}`, type, data: { orderId: "0193f6b2", total: { amount: 1390 } } }),
  });
  return [
    create(DeadLetterQueueSchema, {
      name: "dlq-payment-order.created",
      count: 3,
      letters: [letter(1, "order.created"), letter(2, "order.created"), letter(3, "order.created")],
    }),
    create(DeadLetterQueueSchema, { name: "dlq-order-order.paid", count: 1, letters: [letter(4, "order.paid")] }),
    create(DeadLetterQueueSchema, { name: "dlq-kitchen-order.paid", count: 0 }),
  ];
}

function someActs(now: number): ActRecord[] {
  const target = "0193f6b2-7c1a-7000-8000-00a1b2c42bb4";
  const record = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", subject: "olga", name: "Olga Owner" };
  return [
    {
      ...record,
      id: "a-1",
      action: "dish.restock",
      target: "margherita",
      before: '{"available":3}',
      after: '{"available":23}',
      reason: "Delivery",
      at: ago(now, 3),
    },
    {
      ...record,
      id: "a-2",
      action: "order.refund",
      target,
      before: '{"refunded":0}',
      after: '{"refunded":380}',
      reason: "Waited too long",
      at: ago(now, 10),
    },
    {
      ...record,
      id: "a-3",
      subject: "carla",
      name: "Carla Cook",
      action: "ticket.finish",
      target,
      before: '{"status":"cooking"}',
      after: '{"status":"ready"}',
      at: ago(now, 14),
    },
    {
      ...record,
      id: "a-4",
      subject: "carl",
      name: "Carl Cashier",
      action: "order.refund",
      target,
      reason: "Guest is angry",
      refusal: "9.90 EUR is more than the 3.80 EUR that are left",
      at: ago(now, 18),
    },
    {
      ...record,
      id: "a-5",
      action: "shop.open",
      target: "shop",
      before: '{"closed":true}',
      after: '{"closed":false}',
      reason: "A new evening",
      at: ago(now, 190),
    },
  ].map((each) => create(ActRecordSchema, each));
}

/** A refusal as the real service words it. */
export function refusal(code: Code, message: string): ConnectError {
  return new ConnectError(message, code);
}
