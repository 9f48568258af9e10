import type { Request, Response } from "express";
import { callerAddress } from "#common/http/callerAddress";
import type { OrderSnapshot } from "../../domain/order.ts";
import { orderBody } from "./representation.ts";
import { provenOf } from "./session.ts";
import { endlessStreams, type StreamLimits, streamCounts } from "./streamLimits.ts";

/** After so long without a word proxies take a connection for dead. */
const keepAliveMs = 15_000;

/** Sends an order, unless the stream's reader has it already in this version or a newer one. */
export type Send = (order: OrderSnapshot) => void;

/** What a stream tells of. */
export type StreamSource = {
  /** Begins to watch, and returns what to begin with. What it throws is answered instead of a stream. */
  begin(send: Send): Promise<readonly OrderSnapshot[]>;
  /** Whether there is nothing more to tell once this was sent. */
  isLast(order: OrderSnapshot): boolean;
  /** Called at each keep-alive. */
  refresh?(send: Send): Promise<void>;
  /** Watches no longer, also when it is about to. */
  stop(): void;
};

/** Keeps streams of orders open for whom `requireCustomer` let in, within their limits, until the readers' tokens end. */
export function eventStreams(limits: StreamLimits = endlessStreams) {
  const open = new Set<() => void>();
  const counts = streamCounts(limits);

  async function serve(request: Request<{ customerId: string }>, response: Response, source: StreamSource) {
    const leave = counts.enter({ customerId: request.params.customerId, address: callerAddress(request) });
    const { expiresAt } = provenOf(response);
    const sent = new Map<string, number>();
    const waiting: OrderSnapshot[] = [];
    let ended = false;
    let opened = false;
    const isStale = () => Date.now() >= expiresAt;
    const send: Send = (order) => {
      if (!opened) return void waiting.push(order);
      if (ended || order.version <= (sent.get(order.id) ?? 0)) return;
      if (isStale()) return void end();
      sent.set(order.id, order.version);
      response.write(`event: status\nid: ${order.version}\ndata: ${JSON.stringify(orderBody(order))}\n\n`);
      if (source.isLast(order)) end();
    };
    const stayAlive = (): void => {
      if (isStale()) return void end();
      if (!opened) return;
      response.write(": keep-alive\n\n");
      // What cannot be read now is read next time; meanwhile readers ask for themselves, and hear why.
      source.refresh?.(send).catch(() => undefined);
    };
    const keepAlive = setInterval(stayAlive, keepAliveMs);
    const end = (): void => {
      ended = true;
      clearInterval(keepAlive);
      source.stop();
      leave();
      open.delete(end);
      if (opened) response.end();
    };
    response.once("close", end);
    open.add(end);
    try {
      const first = await source.begin(send);
      start(response).flushHeaders();
      opened = true;
      if (ended) return void response.end();
      for (const one of [...first, ...waiting]) send(one);
    } catch (error) {
      end();
      throw error;
    }
  }
  return { serve, drain: () => [...open].forEach((end) => void end()) };
}

/** The head of a stream's answer. */
export function start(response: Response): Response {
  return response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" });
}
