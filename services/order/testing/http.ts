import type { RequestListener } from "node:http";
import { onTestFinished } from "vitest";
import { memoryLocks } from "#common/dapr/memory";
import { listen } from "#common/http/listen";
import type { LogFields, Logger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp, sidecarApp } from "#common/service";
import { fakeBus } from "#common/testing/fakeBus";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { guestSessions, type Sessions } from "../adapters/sessions.ts";
import type { UnpaidLimits } from "../app/command/unpaidFood.ts";
import { buildOrder } from "../build.ts";
import type { ShopCard } from "../config.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import type { AccountOptions } from "../ports/http/accounts.ts";
import { type RateLimits, unlimited } from "../ports/http/rateLimits.ts";
import { problem } from "../ports/http/schemas.ts";
import { endlessStreams, type StreamLimits } from "../ports/http/streamLimits.ts";
import { demandDocumented } from "./documented.ts";
import { fakePayments } from "./fakePayments.ts";
import { fakeStock } from "./fakes.ts";

/** The token that the tests' sidecar would show. */
export const appToken = "app-token-0123456789";

/** The secret that guests' tokens are signed with. */
export const sessionSecret = "session-secret-0123456789-0123456789";

/** What the sidecar's listener serves; all else belongs to the public. */
const ofSidecars = /^\/(events\/|order\.v1\.|metrics$|readyz$)/;

export type Call = {
  token?: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: NonNullable<RequestInit["body"]>;
};
export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

type Parts = {
  holdMs?: number;
  stock?: ReturnType<typeof fakeStock>;
  orders?: OrderRepository;
  sessions?: Sessions;
  limits?: Partial<RateLimits>;
  streamLimits?: Partial<StreamLimits>;
  unpaidLimits?: UnpaidLimits;
  /** Accounts at a provider that knows where this service is. */
  accountsFor?: (url: string) => Promise<AccountOptions>;
  /** What the service takes for now. */
  now?: () => number;
  /** Where browsers are told to find it. */
  publicUrl?: string;
  shop?: ShopCard;
};

/** The order service behind real HTTP on fakes. Every answer is held against the API's own description. */
export async function orderHttp(parts: Parts = {}) {
  const { stock = fakeStock({ tea: 10, cake: 10 }), orders = memoryOrders() } = parts;
  const [bus, payments] = [fakeBus(), fakePayments()];
  const logged: { level: string; message: string; fields: LogFields; error: unknown }[] = [];
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}, error?: unknown) =>
      void logged.push({ level, message, fields, error });
  const logger: Logger = { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const server = await listen((request, response) => handle(request, response), "127.0.0.1", 0);
  const url = `http://localhost:${server.port}`;
  const accounts = await parts.accountsFor?.(url);
  const service = await buildOrder({
    orders,
    stock,
    payments,
    locks: memoryLocks(),
    events: bus,
    sessions: parts.sessions ?? guestSessions([sessionSecret]),
    webDir: import.meta.dirname,
    limits: { ...unlimited, ...parts.limits },
    streamLimits: { ...endlessStreams, ...parts.streamLimits },
    unpaidLimits: parts.unpaidLimits ?? {},
    ...(parts.shop && { shop: parts.shop }),
    ...(parts.holdMs !== undefined && { holdMs: parts.holdMs }),
    publicUrl: parts.publicUrl,
    trustedProxies: 1,
    ...(accounts && { accounts }),
    ...(parts.now && { now: parts.now }),
    logger,
    metrics: createMetrics("order", false),
  });
  handle = publicApp(service, logger);
  const appServer = await listen(sidecarApp(service, { logger, appToken }), "127.0.0.1", 0);
  onTestFinished(async () => {
    service.drain?.();
    await Promise.all([server.close(), appServer.close()]);
    await service.close();
  });

  const listenerFor = (path: string) => (ofSidecars.test(path) ? `http://127.0.0.1:${appServer.port}` : url);

  /** Calls the listener that the path belongs to. */
  async function call(method: string, path: string, { token, headers, json, body }: Call = {}): Promise<Answer> {
    const response = await fetch(listenerFor(path) + path, {
      method,
      redirect: "manual",
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body, duplex: "half" }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type");
    demandDocumented(method, path, response.status, type);
    const answer = type?.includes("json") ? (JSON.parse(text) as Record<string, unknown>) : {};
    if (type?.startsWith("application/problem+json")) problem.strict().parse(answer);
    return { status: response.status, headers: response.headers, text, body: answer };
  }

  /** A new guest, and ways to order as them. */
  async function guest() {
    const { customerId, token } = (await call("POST", "/api/session")).body as { customerId: string; token: string };
    const path = `/api/customers/${customerId}/orders`;
    let keys = 0;
    const order = (json: unknown, headers: Record<string, string> = {}) =>
      call("POST", path, { token, json, headers: { "idempotency-key": `key-${++keys}`, ...headers } });
    const placed = async (quantity = 1) => {
      const { status, body, text } = await order({ items: [{ productId: "tea", quantity }] });
      if (status !== 201) throw new Error(`no order: ${text}`);
      return body as { id: string; total: { amount: number; currency: string } };
    };
    return { customerId, token, path, order, placed };
  }
  return { url, call, guest, service, stock, payments, orders, bus, logged };
}

/** The fields that a problem names. */
export function fieldsOf({ body }: Answer): string[] {
  return ((body.errors ?? []) as { field: string }[]).map(({ field }) => field);
}
