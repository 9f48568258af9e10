import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from "zod-openapi";
import { problems } from "#common/http/problem";
import * as schemas from "./schemas.ts";

type Answer = NonNullable<ZodOpenApiOperationObject["responses"][`2${string}`]>;

type Headers = NonNullable<ZodOpenApiResponseObject["headers"]>;

const json = (schema: (typeof schemas)[keyof typeof schemas], description: string, headers: Headers = {}): Answer => ({
  description,
  ...(Object.keys(headers).length > 0 && { headers }),
  content: { "application/json": { schema } },
});

const header = (description: string) => ({ description, schema: { type: "string" } }) as const;
const uncached = { "Cache-Control": header("no-store: it is one customer's own") };

const retryAfter = { description: "Seconds to wait", schema: { type: "integer" } } as const;

/** The problems that an operation may answer with, by status. */
const refusals = (...statuses: number[]): Record<`${number}`, Answer> =>
  Object.fromEntries(
    [...statuses, 500].map((status) => {
      const titles = Object.values(problems).filter((problem) => problem.status === status);
      const description = titles.map(({ title }) => title).join(", or: ") || "The request was refused";
      const headers = {
        ...((status === 429 || status === 503) && { "Retry-After": retryAfter }),
        ...(status === 401 && { "WWW-Authenticate": header("Bearer") }),
      };
      return [
        String(status),
        { description, headers, content: { "application/problem+json": { schema: schemas.problem } } },
      ];
    }),
  );

const mine = [{ bearer: [] }, { cookie: [] }];
const customer = { path: schemas.customerPath };
const one = { path: schemas.orderPath };

/** The customers' API as OpenAPI 3.1, from the schemas that check the requests. */
export const openApi = createDocument({
  openapi: "3.1.0",
  info: {
    title: "Gorder",
    version: "1.0.0",
    description:
      "Order a meal, pay for it, see it become ready. Errors are problem documents (RFC 9457), whose types lead to /problems.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/", description: "Where this document is" }],
  tags: [
    { name: "menu", description: "What there is to eat, and where" },
    { name: "session", description: "Who orders" },
    { name: "orders", description: "A customer's own orders, from placing one to the meal" },
  ],
  components: {
    securitySchemes: {
      bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      cookie: { type: "apiKey", in: "cookie", name: "gorder_session" },
    },
  },
  paths: {
    "/api/session": {
      post: {
        operationId: "openSession",
        tags: ["session"],
        security: [{}, ...mine],
        summary: "Become a guest, or stay the one that the request's token proves",
        responses: {
          200: json(schemas.session, "The guest. The token is set as a cookie, and told to who did not come with one", {
            ...uncached,
            "Set-Cookie": header("gorder_session, out of scripts' reach"),
          }),
          ...refusals(404, 413, 429),
        },
      },
    },
    "/api/products": {
      get: {
        operationId: "getMenu",
        tags: ["menu"],
        security: [],
        summary: "The menu",
        responses: {
          200: json(schemas.products, "Products and what is left of them", { "Cache-Control": header("no-cache") }),
          ...refusals(429, 503),
        },
      },
    },
    "/api/shop": {
      get: {
        operationId: "getShop",
        tags: ["menu"],
        security: [],
        summary: "Who and where the shop is, and when it is open",
        responses: { 200: json(schemas.shop, "The shop; what is not known of it is left out"), ...refusals() },
      },
    },
    "/api/customers/{customerId}/orders": {
      post: {
        operationId: "placeOrder",
        tags: ["orders"],
        summary: "Place an order",
        security: mine,
        requestParams: { ...customer, header: schemas.idempotencyHeader },
        requestBody: { required: true, content: { "application/json": { schema: schemas.createOrderBody } } },
        responses: {
          201: json(schemas.order, "The order as it was placed; the same again for the same Idempotency-Key", {
            Location: header("Where the order is"),
          }),
          ...refusals(400, 401, 404, 409, 413, 415, 422, 429, 503),
        },
      },
      get: {
        operationId: "listOrders",
        tags: ["orders"],
        summary: "Your orders, newest first",
        security: mine,
        requestParams: { ...customer, query: schemas.listQuery },
        responses: {
          200: json(schemas.orderList, "One page of orders", uncached),
          ...refusals(400, 401, 404, 429, 503),
        },
      },
    },
    "/api/customers/{customerId}/orders/events": {
      get: {
        operationId: "followOrders",
        tags: ["orders"],
        summary: "Follow your orders",
        description:
          "Server-sent events named `status`, each with a whole order: first the newest ten as they are, then every change of those that are not at their end. Orders that are placed meanwhile are told of within 15 seconds.",
        security: mine,
        requestParams: customer,
        responses: {
          200: { description: "The stream", content: { "text/event-stream": { schema: schemas.statusEvent } } },
          ...refusals(400, 401, 404, 429, 503),
        },
      },
    },
    "/api/customers/{customerId}/orders/{orderId}": {
      get: {
        operationId: "getOrder",
        tags: ["orders"],
        summary: "One order",
        security: mine,
        requestParams: one,
        responses: {
          200: json(schemas.order, "The order, with an ETag", {
            ETag: header("Send it as If-None-Match, and an order that did not move is 304"),
            "Cache-Control": header("private, no-cache"),
          }),
          304: { description: "It is still as If-None-Match says" },
          ...refusals(400, 401, 404, 429, 503),
        },
      },
    },
    "/api/customers/{customerId}/orders/{orderId}/pay": {
      post: {
        operationId: "beginPayment",
        tags: ["orders"],
        summary: "Say that the payment page is opened",
        description:
          "An order is held for a short time. Whoever sends its guest to `paymentLink` says so here, and from then on it can be paid for its whole time: `expiresAt` tells. A repeat, or an order that waits for no payment, changes nothing.",
        security: mine,
        requestParams: one,
        responses: { 200: json(schemas.order, "The order as it is"), ...refusals(400, 401, 404, 413, 429, 503) },
      },
    },
    "/api/customers/{customerId}/orders/{orderId}/cancel": {
      post: {
        operationId: "cancelOrder",
        tags: ["orders"],
        summary: "Cancel an unpaid order",
        security: mine,
        requestParams: one,
        responses: { 200: json(schemas.order, "The cancelled order"), ...refusals(400, 401, 404, 409, 413, 429, 503) },
      },
    },
    "/api/customers/{customerId}/orders/{orderId}/events": {
      get: {
        operationId: "followOrder",
        tags: ["orders"],
        summary: "Follow an order",
        description:
          "Server-sent events named `status`, each with the whole order; the first one is the order as it is, the last one its end. A cook may take back within a minute that a meal is ready: whoever wants to know of that asks for the order again.",
        security: mine,
        requestParams: one,
        responses: {
          200: { description: "The stream", content: { "text/event-stream": { schema: schemas.statusEvent } } },
          ...refusals(400, 401, 404, 429, 503),
        },
      },
    },
  },
});
