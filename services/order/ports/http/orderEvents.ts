import type { RequestHandler } from "express";
import type { OrderFeed } from "../../adapters/orderFeed.ts";
import type { OrderApp } from "../../app/app.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import { isFinal } from "../../domain/status.ts";
import { orderBody } from "./representation.ts";

const keepAliveMs = 15_000;

/** Streams of one service's orders; `drain` ends them all, and their readers come back to another replica. */
export type EventStreams = { handler: RequestHandler<{ customerId: string; orderId: string }>; drain(): void };

/** `GET …/events`: the order as it is, then every change (server-sent events) until its last. */
export function orderEvents(app: OrderApp, feed: OrderFeed): EventStreams {
  const open = new Set<() => void>();
  const handler: EventStreams["handler"] = async (request, response) => {
    let sent = 0;
    let ended = false;
    let opened = false;
    const waiting: OrderSnapshot[] = [];
    const send = (order: OrderSnapshot): void => {
      if (!opened) return void waiting.push(order);
      if (ended || order.version <= sent) return;
      sent = order.version;
      response.write(`event: status\nid: ${order.version}\ndata: ${JSON.stringify(orderBody(order))}\n\n`);
      if (isFinal(order.status)) end();
    };
    // Watching starts before reading, so that no change falls between the two.
    const { customerId, orderId } = request.params;
    const unwatch = feed.watch(orderId, send);
    const keepAlive = setInterval(() => opened && response.write(": keep-alive\n\n"), keepAliveMs);
    const end = (): void => {
      ended = true;
      clearInterval(keepAlive);
      unwatch();
      open.delete(end);
      if (opened) response.end();
    };
    response.once("close", end);
    open.add(end);
    try {
      const order = await app.getOrder({ orderId, customerId });
      response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" });
      response.flushHeaders();
      opened = true;
      if (ended) return void response.end();
      for (const one of [order, ...waiting]) send(one);
    } catch (error) {
      end();
      throw error;
    }
  };
  return { handler, drain: () => [...open].forEach((end) => void end()) };
}
