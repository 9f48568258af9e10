import type { RequestHandler } from "express";
import type { OrderFeed } from "../../adapters/orderFeed.ts";
import type { OrderApp } from "../../app/app.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import { isFinal } from "../../domain/status.ts";
import { eventStreams, type Send, type StreamSource, start } from "./eventStream.ts";
import type { StreamLimits } from "./streamLimits.ts";

/** Streams of one service's orders; `drain` ends them all, and their readers come back to another replica. */
export type EventStreams = {
  ofOne: RequestHandler<{ customerId: string; orderId: string }>;
  ofAll: RequestHandler<{ customerId: string }>;
  drain(): void;
};

/** So many of a guest's orders are followed: the newest page of their list. */
const pageSize = 10;

type Means = { app: OrderApp; feed: OrderFeed };

/**
 * `GET …/events`, of an order and of all of a customer's: how it stands, then every change (server-sent events) until the
 * reader's token ends; an order's own stream ends with its last change. For who was let in by `requireCustomer`.
 */
export function orderEvents(app: OrderApp, feed: OrderFeed, limits?: StreamLimits): EventStreams {
  const { serve, drain } = eventStreams(limits);
  return {
    async ofOne(request, response) {
      const { customerId, orderId } = request.params;
      if (request.method === "HEAD") {
        await app.getOrder({ orderId, customerId });
        return void start(response).end();
      }
      await serve(request, response, oneOrder({ app, feed }, { customerId, orderId }));
    },
    async ofAll(request, response) {
      if (request.method === "HEAD") return void start(response).end();
      await serve(request, response, newestOrders({ app, feed }, request.params.customerId));
    },
    drain,
  };
}

function oneOrder(
  { app, feed }: Means,
  { customerId, orderId }: { customerId: string; orderId: string },
): StreamSource {
  let unwatch = () => {};
  return {
    async begin(send) {
      // Watching starts before reading, so that no change falls between the two.
      unwatch = feed.watch(orderId, send);
      return [await app.getOrder({ orderId, customerId })];
    },
    isLast: ({ status }) => isFinal(status),
    stop: () => unwatch(),
  };
}

function newestOrders({ app, feed }: Means, customerId: string): StreamSource {
  const watched = new Map<string, () => void>();
  let stopped = false;
  const forget = (id: string): void => {
    watched.get(id)?.();
    watched.delete(id);
  };
  const watchNew = (orders: readonly OrderSnapshot[], send: Send): boolean => {
    const found = orders.filter(({ id, status }) => !stopped && !isFinal(status) && !watched.has(id));
    for (const { id } of found) {
      const unwatch = feed.watch(id, (order) => {
        // A guest's orders go over to their account, whose stream is another one.
        const isTheirs = order.customerId === customerId;
        if (isTheirs) send(order);
        if (!isTheirs || isFinal(order.status)) forget(id);
      });
      watched.set(id, unwatch);
    }
    return found.length > 0;
  };
  const read = async (send: Send): Promise<readonly OrderSnapshot[]> => {
    for (;;) {
      const { orders } = await app.listOrders({ customerId, page: { limit: pageSize } });
      // Once more when some are watched from now on, so that no change falls between the two.
      if (!watchNew(orders, send)) return orders;
    }
  };
  return {
    begin: read,
    isLast: () => false,
    async refresh(send) {
      for (const order of await read(send)) send(order);
    },
    stop() {
      stopped = true;
      for (const id of [...watched.keys()]) forget(id);
    },
  };
}
