import type { RequestHandler, Response } from "express";
import { callerAddress } from "#common/http/callerAddress";
import type { OrderFeed } from "../../adapters/orderFeed.ts";
import type { OrderApp } from "../../app/app.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import { isFinal } from "../../domain/status.ts";
import { orderBody } from "./representation.ts";
import { provenOf } from "./session.ts";
import { endlessStreams, type StreamLimits, streamCounts } from "./streamLimits.ts";

const keepAliveMs = 15_000;

/** Streams of one service's orders; `drain` ends them all, and their readers come back to another replica. */
export type EventStreams = { handler: RequestHandler<{ customerId: string; orderId: string }>; drain(): void };

/**
 * `GET …/events`: the order as it is, then every change (server-sent events) until its last, or until the reader's
 * token ends. For who was let in by `requireCustomer`.
 */
export function orderEvents(app: OrderApp, feed: OrderFeed, limits: StreamLimits = endlessStreams): EventStreams {
  const open = new Set<() => void>();
  const counts = streamCounts(limits);
  const handler: EventStreams["handler"] = async (request, response) => {
    const { customerId, orderId } = request.params;
    if (request.method === "HEAD") {
      await app.getOrder({ orderId, customerId });
      return void start(response).end();
    }
    const leave = counts.enter({ customerId, address: callerAddress(request) });
    const { expiresAt } = provenOf(response);
    let sent = 0;
    let ended = false;
    let opened = false;
    const waiting: OrderSnapshot[] = [];
    const isStale = () => Date.now() >= expiresAt;
    const send = (order: OrderSnapshot): void => {
      if (!opened) return void waiting.push(order);
      if (ended || order.version <= sent) return;
      if (isStale()) return void end();
      sent = order.version;
      response.write(`event: status\nid: ${order.version}\ndata: ${JSON.stringify(orderBody(order))}\n\n`);
      if (isFinal(order.status)) end();
    };
    const stayAlive = (): void => {
      if (isStale()) end();
      else if (opened) response.write(": keep-alive\n\n");
    };
    // Watching starts before reading, so that no change falls between the two.
    const unwatch = feed.watch(orderId, send);
    const keepAlive = setInterval(stayAlive, keepAliveMs);
    const end = (): void => {
      ended = true;
      clearInterval(keepAlive);
      unwatch();
      leave();
      open.delete(end);
      if (opened) response.end();
    };
    response.once("close", end);
    open.add(end);
    try {
      const order = await app.getOrder({ orderId, customerId });
      start(response).flushHeaders();
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

function start(response: Response): Response {
  return response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" });
}
