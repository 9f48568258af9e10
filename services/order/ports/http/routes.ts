import { type RequestHandler, Router } from "express";
import { jsonBody } from "#common/http/body";
import { callerAddress } from "#common/http/callerAddress";
import { onlyMethods } from "#common/http/problem";
import { parse } from "#common/http/validate";
import { isBlank } from "#common/plainText";
import type { Sessions } from "../../adapters/sessions.ts";
import type { Admission } from "../../app/admission.ts";
import type { OrderApp } from "../../app/app.ts";
import type { Accounts } from "./accounts.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { EventStreams } from "./orderEvents.ts";
import { type RateLimits, rateLimits } from "./rateLimits.ts";
import { etagOf, orderBody } from "./representation.ts";
import { createOrderBody, idempotencyHeader, listQuery } from "./schemas.ts";
import { openSession, requireCustomer } from "./session.ts";

type OrderPath = { customerId: string; orderId: string };

/** The customers' API. */
export function apiRoutes(
  app: OrderApp,
  sessions: Sessions,
  streams: EventStreams,
  admission: Pick<Admission, "demand">,
  limits: RateLimits,
  accounts?: Accounts,
): Router {
  const router = Router();
  const mine = requireCustomer(sessions);
  const orders = "/api/customers/:customerId/orders";

  const atMost = rateLimits(limits);

  router.post("/api/session", atMost.sessionsOfAddress, openSession(sessions, accounts));
  if (accounts) router.use("/auth", atMost.sessionsOfAddress).use(accounts.routes);

  router.get("/api/products", atMost.readsOfAddress, async (_request, response) => {
    response.set("Cache-Control", "no-cache").json(await app.getProducts({}));
  });

  const admitted: RequestHandler = (_request, _response, next) => {
    admission.demand();
    next();
  };

  router.post<{ customerId: string }>(
    orders,
    admitted,
    atMost.ordersOfAddress,
    mine,
    atMost.orders,
    jsonBody,
    async (request, response) => {
      const { "idempotency-key": idempotencyKey } = parse(idempotencyHeader, request.headers, () => "Idempotency-Key");
      const { items, guestName: called = "", language } = parse(createOrderBody, request.body);
      const lines = items.map(({ unitPrice: priceSeen, note, ...line }) => ({
        ...line,
        ...(priceSeen && { priceSeen }),
        ...(note && !isBlank(note) && { note }),
      }));
      const guestName = isBlank(called) ? "" : called;
      const { customerId } = request.params;
      const guestId = await accounts?.guestBefore(request, response, customerId);
      const address = callerAddress(request);
      const order = await app.createOrder({ customerId, guestId, idempotencyKey, lines, guestName, language, address });
      response.status(201).location(`/api/customers/${encodeURIComponent(customerId)}/orders/${order.id}`);
      response.json(orderBody(order));
    },
  );

  /** What reads of the store: whoever asks, however they ask, leaves room for those who order. */
  const read = [atMost.readsOfAddress, mine, atMost.reads] as const;

  router.get(orders, ...read, async (request, response) => {
    const { limit, cursor } = parse(listQuery, request.query);
    const page = cursor === undefined ? { limit } : { limit, before: decodeCursor(cursor) };
    const { orders, next } = await app.listOrders({ customerId: request.params.customerId, page });
    response.set("Cache-Control", "no-store");
    response.json({ orders: orders.map((order) => orderBody(order)), ...(next && { nextCursor: encodeCursor(next) }) });
  });

  // Before the orders by id: none has this one.
  router.get(`${orders}/events`, ...read, streams.ofAll);

  router.get<OrderPath>(`${orders}/:orderId`, ...read, async (request, response) => {
    const { customerId, orderId } = request.params;
    const order = await app.getOrder({ customerId, orderId });
    const readyAt = await app.readyAt(order);
    response.set({ ETag: etagOf(order, readyAt), "Cache-Control": "private, no-cache" });
    if (request.fresh) return void response.status(304).end();
    response.json(orderBody(order, readyAt));
  });

  router.post<OrderPath>(`${orders}/:orderId/pay`, ...read, async (request, response) => {
    const { customerId, orderId } = request.params;
    response.json(orderBody(await app.beginPayment({ customerId, orderId })));
  });

  router.post<OrderPath>(`${orders}/:orderId/cancel`, ...read, async (request, response) => {
    const { customerId, orderId } = request.params;
    response.json(orderBody(await app.cancelOrder({ customerId, orderId })));
  });

  router.get<OrderPath>(`${orders}/:orderId/events`, ...read, streams.ofOne);

  router.all("/api/session", onlyMethods("POST"));
  router.all("/api/products", onlyMethods("GET", "HEAD"));
  router.all(orders, onlyMethods("GET", "HEAD", "POST"));
  router.all([`${orders}/:orderId`, `${orders}/events`, `${orders}/:orderId/events`], onlyMethods("GET", "HEAD"));
  router.all([`${orders}/:orderId/pay`, `${orders}/:orderId/cancel`], onlyMethods("POST"));
  return router;
}
