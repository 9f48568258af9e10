import { memoryKeep, memoryLocks, memoryState } from "#common/dapr/memory";
import type { CloudEvent, StateStore } from "#common/dapr/ports";
import { isKind } from "#common/errors";
import type { Books } from "../../ops/ledger/books.ts";
import { memoryOrders } from "../../services/order/adapters/memoryOrders.ts";
import type { OrderRepository } from "../../services/order/domain/orderRepository.ts";
import { type StripeEvent, signedEvent } from "../../services/payment/ports/stripeEvent.ts";
import { receive } from "../../services/payment/ports/webhook.ts";
import { memoryStock } from "../../services/stock/adapters/memory/stock.ts";
import { aProduct } from "../../services/stock/testing.ts";
import { createBroker, type QueueName } from "./broker.ts";
import type { Fates } from "./life.ts";
import { type ServiceName, startProcesses } from "./processes.ts";
import { createProvider } from "./provider.ts";

/** What holds something off, and can be taken away to see what the ledger says then. */
export const guards = [
  "the condition of the stock update",
  "the signature of the webhook",
  "the idempotency key of the refund",
] as const;

export type Guard = (typeof guards)[number];

/** What staff may do here. */
export const staffDeeds = ["take", "finish", "takeBack", "staffCancel", "refund"] as const;

export type StaffDeed = (typeof staffDeeds)[number];

const customerId = "customer";

const webhookSecrets = ["whsec_0123456789abcdef"];

/** Everything of Gorder in one place, on memory that outlives its processes. */
export type World = ReturnType<typeof createWorld>;

/**
 * The four services as they are, around memory adapters that stand for the servers. Each service is a mortal process:
 * `fates` is asked at each of its steps, and when it dies the next one starts at once with what the servers hold.
 * Wants fake timers: what services do by the clock happens when the test lets time pass.
 * @param without guards that are gone.
 * @param orders where orders are kept.
 * @param ttlSeconds how long an order can be paid.
 */
export function createWorld(
  units: number,
  fates: Fates,
  without: readonly Guard[] = [],
  orders: OrderRepository = memoryOrders(),
  ttlSeconds = 60,
) {
  // What is updated without a condition goes below zero: as if there were more, and the ledger told of the rest.
  const surplus = without.includes("the condition of the stock update") ? 1_000 : 0;
  const stock = memoryStock([aProduct("tea", { available: units + surplus })]);
  let state = memoryState();
  const broker = createBroker();
  const provider = createProvider(without.includes("the idempotency key of the refund"));
  const eventIn = without.includes("the signature of the webhook")
    ? (body: Buffer) => JSON.parse(body.toString()) as StripeEvent
    : (body: Buffer) => signedEvent(body, "t=0,v1=0", webhookSecrets, 0);
  const servers = {
    stock,
    orders,
    locks: memoryLocks(),
    keep: memoryKeep(),
    state: {
      get: <T>(key: string) => state.get<T>(key),
      save: (...its: Parameters<StateStore["save"]>) => state.save(...its),
    },
    broker,
    checkout: provider.checkout,
  };
  const { current, orderApp, paymentApp, kill, end } = startProcesses(servers, { fates, ttlSeconds, webhookSecrets });

  return {
    provider,
    queues: broker.queues,
    kill,
    end,
    /** The state store loses everything. */
    emptyState() {
      state = memoryState();
    },
    /** A customer's POST. @throws what they would see. */
    place: (idempotencyKey: string, quantity: number) =>
      current("order").life.seen(
        orderApp().createOrder({ customerId, idempotencyKey, lines: [{ productId: "tea", quantity }] }),
      ),
    /** Whether the customer was shown where to pay. */
    canPay: async (orderId: string) => (await orders.get(orderId))?.snapshot.paymentLink !== undefined,
    cancel: (orderId: string) => current("order").life.seen(orderApp().cancelOrder({ customerId, orderId })),
    /** A member of staff acts on an order. @throws what they would see. */
    act(name: StaffDeed, orderId: string, requestId: string): Promise<unknown> {
      const { staff } = orderApp();
      const on = { orderId, act: { requestId, subject: "eve", name: "Eve", reason: "" } };
      const deeds: Record<StaffDeed, () => Promise<unknown>> = {
        take: () => staff.takeTicket({ ...on, leaseSeconds: 60 }),
        finish: () => staff.finishTicket(on),
        takeBack: () => staff.takeBackTicket(on),
        staffCancel: () => staff.cancel(on),
        refund: () => staff.refund(on),
      };
      return current("order").life.seen(deeds[name]());
    },
    /** What staff did and nobody wrote down, one line each: act and record have to agree, although processes died in between. */
    async unrecorded(): Promise<string[]> {
      const placed = (await orders.list(customerId, { limit: 1_000 })).map(({ snapshot }) => snapshot);
      return placed.flatMap(({ id, history, refunds = [], acts = [] }) => {
        const deeds = [...history, ...refunds].filter(({ by }) => by === "staff:eve");
        const isRecorded = (at: Date) => acts.some((act) => act.at.getTime() === at.getTime());
        return deeds.filter(({ at }) => !isRecorded(at)).map(({ status }) => `order ${id}: ${status} is in no record`);
      });
    },
    /** Delivers an event to the process that consumes the queue now. @returns whether it was acknowledged. */
    async deliver(queue: QueueName, event: CloudEvent): Promise<boolean> {
      const { life, service } = current(queue.split("-")[0] as ServiceName);
      const handled = service.subscriptions?.[0]?.handle(structuredClone(event)) ?? Promise.resolve("retry");
      return (await life.seen(handled).catch(() => "retry")) !== "retry";
    },
    /** Delivers a message of the provider. @returns whether it was acknowledged. */
    webhook: (event: StripeEvent): Promise<boolean> =>
      current("payment")
        .life.seen(receive(paymentApp(), event))
        .then(
          () => true,
          () => false,
        ),
    /** Somebody says, as only the provider may, that an order was paid; without the guard nobody looks at the signature. */
    async forge(orderId: string): Promise<void> {
      const body = Buffer.from(JSON.stringify(provider.forged(orderId)));
      try {
        await receive(paymentApp(), eventIn(body));
      } catch (error) {
        if (!isKind(error, "invalid")) throw error;
      }
    },
    async books(): Promise<Books> {
      const placed = (await orders.list(customerId, { limit: 1_000 })).map(({ snapshot }) => snapshot);
      return {
        at: new Date(),
        products: (await stock.products()).map(({ available, ...product }) => {
          return { ...product, available: available - surplus, initial: units, moved: 0 };
        }),
        reservations: [...stock.everyReservation()],
        orders: placed.map((order) => ({ ...order, placedAt: order.history[0]?.at ?? new Date() })),
        ...provider.books(),
      };
    },
  };
}
