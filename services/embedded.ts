import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createRouterTransport, type Transport } from "@connectrpc/connect";
import express, { type RequestHandler } from "express";
import { clientSpan } from "#common/connect/client";
import { serverErrors, withDomainErrors } from "#common/connect/errors";
import { memoryKeep, memoryLocks, memoryState } from "#common/dapr/memory";
import { memoryBus } from "#common/dapr/memoryBus";
import { listen } from "#common/http/listen";
import { oneHost } from "#common/http/oneHost";
import type { Logger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp, type Service } from "#common/service";
import { buildKitchen } from "./kitchen/kitchen.ts";
import { remoteOrders as kitchenOrders } from "./kitchen/orders.ts";
import { memoryOrders } from "./order/adapters/memoryOrders.ts";
import { remotePayments } from "./order/adapters/remotePayments.ts";
import { remoteStock } from "./order/adapters/remoteStock.ts";
import { guestSessions } from "./order/adapters/sessions.ts";
import { buildOrder, type OrderOptions } from "./order/build.ts";
import type { ShopCard } from "./order/config.ts";
import { remoteOrders } from "./payment/adapters/remoteOrders.ts";
import { stripeCheckout } from "./payment/adapters/stripeCheckout.ts";
import { stripeClient } from "./payment/adapters/stripeClient.ts";
import { buildPayment } from "./payment/build.ts";
import { type Entrances, oneTimeEntrances } from "./staff/adapters/entrances.ts";
import { memoryDeadLetters } from "./staff/adapters/memoryDeadLetters.ts";
import { buildStaff } from "./staff/build.ts";
import type { Role } from "./staff/domain/roles.ts";
import { buildStandin } from "./standin/standin.ts";
import { memoryStock } from "./stock/adapters/memory/stock.ts";
import { remoteOrders as stockOrders } from "./stock/adapters/remoteOrders.ts";
import { buildStock } from "./stock/build.ts";
import { readMenu } from "./stock/menu.ts";

/** What the embedded way can be told. */
export type EmbeddedOptions = {
  port: number;
  cookSeconds: number;
  cooks: number;
  /** "board": staff take the tickets; default "auto": simulated cooks do. */
  kitchenMode?: "auto" | "board";
  logger: (service: string) => Logger;
  /** A menu other than the one that comes with the code. */
  menuFile?: string | undefined;
  webDir?: string;
  staffWebDir?: string;
  /** How long an order can be paid, in milliseconds. */
  orderTtlMs?: number;
  orderHoldMs?: number;
  /** Who and where the shop is. */
  shop?: ShopCard;
  imageOrigins?: readonly string[];
  /** What guests and addresses may; default: anything, for tests. */
  limits?: Pick<OrderOptions, "limits" | "streamLimits" | "unpaidLimits" | "maxOpenOrders">;
};

/** A whole Gorder in this process; `staff` are links into the staff's page, one a role, each good once. */
export type Embedded = { url: string; staff: { role: Role; url: string }[]; close(): Promise<void> };

const root = join(import.meta.dirname, "..");

/**
 * All five services, both pages and Stripe's stand-in in one process, on memory adapters: nothing is kept. The services
 * are the same as elsewhere; only what is around them differs.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { logger, webDir = join(root, "dist/web"), staffWebDir = join(root, "dist/staff") } = options;
  const secret = (prefix: string) => `${prefix}${randomBytes(24).toString("hex")}`;
  const [stripeKey, webhookSecret] = [secret("sk_test_"), secret("whsec_")];
  const bus = memoryBus(logger("broker"));
  const numbers = (service: string) => ({
    logger: logger(service),
    metrics: createMetrics(service, service === "order"),
  });

  const outer = express();
  const server = await listen(outer, "127.0.0.1", options.port);
  const url = `http://localhost:${server.port}`;

  const standin = buildStandin({
    publicUrl: () => `${url}/stripe`,
    webhookUrl: () => `${url}/api/stripe/webhook`,
    secretKey: stripeKey,
    webhookSecret,
    ...(options.shop && { shopName: options.shop.name }),
    logger: logger("standin"),
  });
  const standinServer = await listen(standin.app, "127.0.0.1", 0);

  const stock = buildStock({
    stock: memoryStock(await readMenu(options.menuFile ?? join(import.meta.dirname, "stock/menu.json"))),
    // The two know each other, and one of them has to be built first.
    orders: { needItems: (orderIds) => stockOrders(toOrder).needItems(orderIds) },
    ...numbers("stock"),
  });
  const order = buildOrder({
    orders: memoryOrders(),
    stock: remoteStock(inProcess(stock, logger("stock")), 60),
    // Order and payment know each other: one of them has to come first.
    payments: remotePayments(later(() => inProcess(payment, logger("payment")))),
    locks: memoryLocks(),
    events: bus,
    sessions: guestSessions([secret("")]),
    webDir,
    ...(options.shop && { shop: options.shop }),
    imageOrigins: options.imageOrigins ?? [],
    ...options.limits,
    ...(options.orderTtlMs !== undefined && { ttlMs: options.orderTtlMs }),
    ...(options.orderHoldMs !== undefined && { holdMs: options.orderHoldMs }),
    ...numbers("order"),
  });
  const toOrder = inProcess(order, logger("order"));
  const payment = buildPayment({
    state: memoryState(),
    keep: memoryKeep(),
    events: bus,
    orders: remoteOrders(toOrder),
    checkout: stripeCheckout({
      stripe: stripeClient({ secretKey: stripeKey, apiUrl: `http://127.0.0.1:${standinServer.port}` }),
      publicUrl: url,
      pricesFromStripe: false,
      logger: logger("payment"),
    }),
    webhookSecrets: [webhookSecret],
    dashboard: (paymentId) => `${url}/stripe/payments/${paymentId}`,
    ...numbers("payment"),
  });
  const kitchen = buildKitchen({
    orders: kitchenOrders(toOrder),
    ...(options.kitchenMode && { mode: options.kitchenMode }),
    cooks: options.cooks,
    cookSeconds: options.cookSeconds,
    ...numbers("kitchen"),
  });
  const entrances = oneTimeEntrances();
  const staff = buildStaff({
    transports: {
      order: toOrder,
      stock: inProcess(stock, logger("stock")),
      payment: inProcess(payment, logger("payment")),
    },
    entrances,
    keep: memoryKeep(),
    secrets: [secret("")],
    publicUrl: url,
    webDir: staffWebDir,
    deadLetters: memoryDeadLetters(bus),
    ...numbers("staff"),
  });
  const services: readonly Service[] = [order, stock, payment, kitchen, staff];
  for (const { topic, handle } of services.flatMap(({ subscriptions = [] }) => subscriptions)) {
    bus.subscribe(topic, async (event) => (await handle(event)) !== "retry");
  }
  // They call each other in this process: nothing listens for sidecars.
  const appOf = (service: Service) => publicApp(service, logger(service.name));
  outer.disable("x-powered-by");
  outer.use(oneHost(url));
  outer.use("/stripe", standin.app);
  outer.post("/api/stripe/webhook", appOf(payment));
  outer.use(under("/staff", appOf(staff)), appOf(order));
  return {
    url,
    staff: linksOf(entrances, url),
    async close() {
      // It gives its tickets back, so whom it gives them to is still to be there.
      await kitchen.close();
      order.drain?.();
      staff.drain?.();
      standin.close();
      await Promise.all([server.close(), standinServer.close()]);
      for (const service of services) await service.close();
    },
  };
}

/** Where one comes in, each once. */
function linksOf({ links }: Entrances, url: string): Embedded["staff"] {
  return links.map(({ role, token }) => ({ role, url: `${url}/staff/enter?token=${token}` }));
}

/** Requests at or under a path, with their paths whole. */
function under(path: string, app: RequestHandler): RequestHandler {
  return (request, response, next) =>
    request.path === path || request.path.startsWith(`${path}/`) ? app(request, response, next) : next();
}

/** A transport that is made when it is first used. */
function later(make: () => Transport): Transport {
  let made: Transport | undefined;
  const transport = () => {
    made ??= make();
    return made;
  };
  return {
    unary: (...call) => transport().unary(...call),
    stream: (...call) => transport().stream(...call),
  };
}

/** Calls of a service's Connect routes without a network; errors are translated as over one. */
function inProcess(service: Service, logger: Logger): Transport {
  if (!service.rpc) throw new Error(`${service.name} has no Connect service`);
  return withDomainErrors(
    createRouterTransport(service.rpc, {
      router: { interceptors: [serverErrors(logger)] },
      transport: { interceptors: [clientSpan] },
    }),
  );
}
