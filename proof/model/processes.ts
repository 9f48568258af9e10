import { createRouterTransport, type Transport } from "@connectrpc/connect";
import { serverErrors, withDomainErrors } from "#common/connect/errors";
import type { Locks, StateStore } from "#common/dapr/ports";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import type { Service } from "#common/service";
import { buildKitchen } from "../../services/kitchen/kitchen.ts";
import { remoteOrders as kitchenOrders } from "../../services/kitchen/orders.ts";
import { remotePayments } from "../../services/order/adapters/remotePayments.ts";
import { remoteStock } from "../../services/order/adapters/remoteStock.ts";
import { guestSessions } from "../../services/order/adapters/sessions.ts";
import type { OrderApp } from "../../services/order/app/app.ts";
import { buildOrder } from "../../services/order/build.ts";
import type { OrderRepository } from "../../services/order/domain/orderRepository.ts";
import { remoteOrders } from "../../services/payment/adapters/remoteOrders.ts";
import type { PaymentApp } from "../../services/payment/app/app.ts";
import type { Checkout } from "../../services/payment/app/services.ts";
import { buildPayment } from "../../services/payment/build.ts";
import type { MemoryStock } from "../../services/stock/adapters/memory/stock.ts";
import { remoteOrders as stockOrders } from "../../services/stock/adapters/remoteOrders.ts";
import { buildStock } from "../../services/stock/build.ts";
import type { Broker } from "./broker.ts";
import { type Fates, type Life, mortal, startLife } from "./life.ts";

/** The services of a world. */
export const serviceNames = ["stock", "order", "payment", "kitchen"] as const;

export type ServiceName = (typeof serviceNames)[number];

/** What outlives every process: in memory, in place of the servers. */
export type Servers = {
  readonly stock: MemoryStock;
  readonly orders: OrderRepository;
  readonly locks: Locks;
  readonly keep: StateStore;
  readonly state: StateStore;
  readonly broker: Broker;
  readonly checkout: Checkout;
};

/** What the processes work with besides. */
export type ProcessesDeps = { readonly fates: Fates; readonly ttlSeconds: number; readonly webhookSecrets: string[] };

type Running = { life: Life; service: Service; transport: Transport };

/** How long items are held, in seconds: short, as time is made by the test. */
const reservationSeconds = 120;

const sessionSecret = "0123456789abcdef0123456789abcdef";

/** Starts the four services, each as a mortal process: when it dies the next one starts at once on the same servers. */
export function startProcesses(servers: Servers, { fates, ttlSeconds, webhookSecrets }: ProcessesDeps) {
  const { stock, orders, locks, keep, state, broker, checkout } = servers;
  const running = new Map<ServiceName, Running>();
  let over = false;
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
        state: mortal(life, "state", state, fates),
        events: mortal(life, "events", broker, fates),
        orders: remoteOrders(remote(life, "order")),
        checkout: mortal(life, "checkout", checkout, fates),
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
    /** The process of a service that runs now. */
    current,
    orderApp: () => orderApp,
    paymentApp: () => paymentApp,
    /** Kills a process between its steps. */
    kill: (name: ServiceName) => current(name).life.end(),
    /** Nobody runs any more. */
    end() {
      over = true;
      for (const { life } of running.values()) life.end();
    },
  };
}
