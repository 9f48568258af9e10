import { createRouterTransport, type Transport } from "@connectrpc/connect";
import { expect } from "vitest";
import { serverErrors, withDomainErrors } from "#common/connect/errors";
import { memoryKeep, memoryLocks, memoryState } from "#common/dapr/memory";
import type { CloudEvent } from "#common/dapr/ports";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import type { Service } from "#common/service";
import { buildKitchen } from "../../services/kitchen/kitchen.ts";
import { remoteOrders as kitchenOrders } from "../../services/kitchen/orders.ts";
import { memoryOrders } from "../../services/order/adapters/memoryOrders.ts";
import { remotePayments } from "../../services/order/adapters/remotePayments.ts";
import { remoteStock } from "../../services/order/adapters/remoteStock.ts";
import { guestSessions } from "../../services/order/adapters/sessions.ts";
import type { OrderApp } from "../../services/order/app/app.ts";
import { buildOrder } from "../../services/order/build.ts";
import type { OrderRepository } from "../../services/order/domain/orderRepository.ts";
import { remoteOrders } from "../../services/payment/adapters/remoteOrders.ts";
import type { PaymentApp } from "../../services/payment/app/app.ts";
import { buildPayment } from "../../services/payment/build.ts";
import { type StripeEvent, signedEvent } from "../../services/payment/ports/stripeEvent.ts";
import { receive } from "../../services/payment/ports/webhook.ts";
import { memoryStock } from "../../services/stock/adapters/memory/stock.ts";
import { remoteOrders as stockOrders } from "../../services/stock/adapters/remoteOrders.ts";
import { buildStock } from "../../services/stock/build.ts";
import { aProduct } from "../../services/stock/testing.ts";
import type { Books } from "../ledger/books.ts";
import { createBroker, type QueueName } from "./broker.ts";
import { type Fates, type Life, mortal, startLife } from "./life.ts";
import { createProvider } from "./provider.ts";

/** The services of a world. */
export const serviceNames = ["stock", "order", "payment", "kitchen"] as const;

/** The name of a service. */
export type ServiceName = (typeof serviceNames)[number];

/** What holds something off, and can be taken away to see what the ledger says then. */
export const guards = [
  "the condition of the stock update",
  "the signature of the webhook",
  "the idempotency key of the refund",
] as const;

/** One of them. */
export type Guard = (typeof guards)[number];

/** What staff may do here. */
export const staffDeeds = ["take", "finish", "takeBack", "staffCancel", "refund"] as const;

/** One of them. */
export type StaffDeed = (typeof staffDeeds)[number];

const customerId = "customer";

const webhookSecrets = ["whsec_0123456789abcdef"];

/** Everything of Gorder in one place, on memory that outlives its processes. */
export type World = ReturnType<typeof createWorld>;

type Running = { life: Life; service: Service; transport: Transport };

/** How long items are held, in seconds: short, as time is made by the test. */
const reservationSeconds = 120;

const sessionSecret = "0123456789abcdef0123456789abcdef";

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
  const locks = memoryLocks();
  let state = memoryState();
  const keep = memoryKeep();
  let over = false;
  const broker = createBroker();
  const provider = createProvider(without.includes("the idempotency key of the refund"));
  const running = new Map<ServiceName, Running>();
  let orderApp: OrderApp;
  let paymentApp: PaymentApp;

  const numbers = (service: string) => ({ logger: silentLogger, metrics: createMetrics(service, false) });
  const current = (name: ServiceName): Running => {
    const found = running.get(name);
    if (!found) throw new Error(`${name} does not run`);
    return found;
  };
  /** Another service as `life` sees it: the process that runs there at the moment of the call, until it dies. */
  const remote = (life: Life, name: ServiceName): Transport => {
    const wire: Transport = {
      unary: (...call) => current(name).life.seen(current(name).transport.unary(...call)),
      stream: (...call) => current(name).transport.stream(...call),
    };
    const methodOf = (_: string, [method]: readonly unknown[]) => (method as { name: string }).name;
    return withDomainErrors(mortal(life, name, wire, fates, methodOf));
  };

  const builders: Record<ServiceName, (life: Life) => Service> = {
    stock: (life) =>
      buildStock({
        stock: mortal(life, "stock", stock, fates),
        orders: stockOrders(remote(life, "order")),
        ...numbers("stock"),
      }),
    order(life) {
      const built = buildOrder({
        orders: mortal(life, "orders", orders, fates),
        stock: remoteStock(remote(life, "stock"), reservationSeconds),
        payments: remotePayments(remote(life, "payment")),
        locks: mortal(life, "locks", locks, fates),
        events: mortal(life, "events", broker, fates),
        sessions: guestSessions([sessionSecret]),
        webDir: "/nowhere",
        ttlMs: ttlSeconds * 1000,
        ...numbers("order"),
      });
      orderApp = built.app;
      return built;
    },
    payment(life) {
      const built = buildPayment({
        keep: mortal(life, "keep", keep, fates),
        state: mortal(life, "state", { get: (key) => state.get(key), save: (...its) => state.save(...its) }, fates),
        events: mortal(life, "events", broker, fates),
        orders: remoteOrders(remote(life, "order")),
        checkout: mortal(life, "checkout", provider.checkout, fates),
        webhookSecrets,
        ...numbers("payment"),
      });
      paymentApp = built.app;
      return built;
    },
    kitchen: (life) =>
      buildKitchen({
        orders: kitchenOrders(remote(life, "order")),
        cooks: 4,
        cookSeconds: 0,
        cook: async () => {},
        ...numbers("kitchen"),
      }),
  };

  function start(name: ServiceName): void {
    if (over) return;
    const life = startLife(name, () => start(name));
    const service = builders[name](life);
    const router = { interceptors: [serverErrors(silentLogger)] };
    const transport = createRouterTransport(service.rpc ?? (() => {}), { router });
    running.set(name, { life, service, transport });
  }
  for (const name of serviceNames) start(name);

  return {
    provider,
    queues: broker.queues,
    /** Kills a process between its steps. */
    kill: (name: ServiceName) => current(name).life.end(),
    /** Nobody runs any more. */
    end() {
      over = true;
      for (const { life } of running.values()) life.end();
    },
    /** The state store loses everything. */
    emptyState() {
      state = memoryState();
    },
    /** A customer's POST. @throws what they would see. */
    place: (idempotencyKey: string, quantity: number) =>
      current("order").life.seen(
        orderApp.createOrder({ customerId, idempotencyKey, lines: [{ productId: "tea", quantity }] }),
      ),
    /** Whether the customer was shown where to pay. */
    canPay: async (orderId: string) => (await orders.get(orderId))?.snapshot.paymentLink !== undefined,
    cancel: (orderId: string) => current("order").life.seen(orderApp.cancelOrder({ customerId, orderId })),
    /** A member of staff acts on an order. @throws what they would see. */
    act(name: StaffDeed, orderId: string, requestId: string): Promise<unknown> {
      const { staff } = orderApp;
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
        .life.seen(receive(paymentApp, event))
        .then(
          () => true,
          () => false,
        ),
    /** Somebody says, as only the provider may, that an order was paid. */
    async forge(orderId: string): Promise<void> {
      const event = provider.forged(orderId);
      const guarded = !without.includes("the signature of the webhook");
      if (guarded)
        expect(() => signedEvent(Buffer.from(JSON.stringify(event)), "t=0,v1=0", webhookSecrets, 0)).toThrow();
      else await receive(paymentApp, event);
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
