import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { newCustomer } from "./customer.ts";
import { namesOf, spanName, traceTagged, traceWith, type ZipkinSpan } from "./zipkin.ts";

/** From the browser's POST to the meal, by those who did it. The delivery of a batch of events is in no event's trace. */
const journey = [
  "order post /api/customers/:customerid/orders",
  "order createorder",
  "order stock.v1.stockservice/reserveitems",
  "stock stock.v1.stockservice/reserveitems",
  "stock reserveitems",
  "order publish order.created",
  "payment consume order.created",
  "payment requestpayment",
  "payment stripe: open a checkout session",
  "payment order.v1.orderservice/offerpayments",
  "payment announce order.paid",
  "payment publish order.paid",
  "order consume order.paid",
  "order payorder",
  "order stock.v1.stockservice/commitreservations",
  "stock commitreservations",
  "kitchen consume order.paid",
  "kitchen cook",
  "kitchen order.v1.orderservice/markready",
  "order markready",
];

/** What the sidecars tell of it themselves. */
const sidecars = [
  "order calllocal/stock/stock.v1.stockservice/reserveitems",
  "stock calllocal/stock/stock.v1.stockservice/reserveitems",
  "order /dapr.proto.runtime.v1.dapr/bulkpublisheventalpha1",
  "payment /dapr.proto.runtime.v1.dapr/savestate",
];

const given = { traceId: randomBytes(16).toString("hex"), spanId: randomBytes(8).toString("hex") };
let orderId: string;
let traceId: string;
let spans: ZipkinSpan[];

beforeAll(async () => {
  const customer = await newCustomer();
  const order = await customer.order({ traceparent: `00-${given.traceId}-${given.spanId}-01` });
  orderId = order.id;
  await customer.payAndFetch(orderId);
  const [begun] = await traceTagged("order", "linked.trace_id", given.traceId);
  traceId = begun?.traceId ?? "none";
  spans = await traceWith(traceId, [...journey, ...sidecars]);
}, 240_000);

const only = (name: string): ZipkinSpan => {
  const [span, ...others] = spans.filter((each) => spanName(each) === name);
  expect(others).toEqual([]);
  if (!span) throw new Error(`no span ${name}`);
  return span;
};

/** The names from a span up to the one that has no parent. */
function wayUp(span: ZipkinSpan): string[] {
  const parent = spans.find(({ id }) => id === span.parentId && id !== span.id);
  return [spanName(span), ...(parent ? wayUp(parent) : [span.parentId ?? "nobody"])];
}

test("one trace leads from the browser's POST to the meal, and every span in it has its parent", () => {
  expect(spans.filter(({ parentId }) => parentId === undefined).map(spanName)).toEqual([journey[0]]);
  for (const span of spans) expect(wayUp(span).slice(-2)).toEqual([journey[0], "nobody"]);
});

test("a trace that the browser brings is only linked: strangers choose neither our ids nor what is kept", () => {
  expect(traceId).not.toBe(given.traceId);
  expect(only(journey[0] ?? "").tags?.["linked.trace_id"]).toBe(given.traceId);
});

test("the payment's session follows from the publish of order.created, the payment from the one of order.paid, the meal from the order", () => {
  expect(wayUp(only("payment stripe: open a checkout session"))).toEqual(
    expect.arrayContaining(["payment consume order.created", "order publish order.created", "order createorder"]),
  );
  const paid = wayUp(only("order payorder"));
  expect(paid).toEqual(expect.arrayContaining(["order consume order.paid", "payment publish order.paid"]));
  const ready = wayUp(only("order markready"));
  expect(ready).toEqual(expect.arrayContaining(["kitchen cook", "order createorder"]));
});

test("the order is found by its id in every service that worked on it", () => {
  for (const name of ["payment requestpayment", "order payorder", "order markready"]) {
    expect(only(name).tags?.["order.id"]).toBe(orderId);
  }
});

test("each call to a database is in the trace of what it is for", () => {
  const calls = spans.filter(({ tags }) => tags?.["db.system.name"] !== undefined);
  expect(new Set(calls.map(({ tags }) => tags?.["db.system.name"]))).toEqual(new Set(["mongodb", "mysql"]));
  expect(calls.map(spanName)).toEqual(expect.arrayContaining(["order insert orders", "stock insert reservations"]));
});

test("the webhook has a trace of its own, and each of the two leads to the other", async () => {
  const [found] = await traceTagged("payment", "linked.trace_id", traceId);
  // Its spans come as they end: the one around the others is the last.
  await traceWith(found?.traceId ?? "none", ["payment post /api/stripe/webhook"]);
  expect(found?.traceId).not.toBe(traceId);
  expect(only("payment announce order.paid").tags?.["linked.trace_id"]).toBe(found?.traceId);
});

test("asking for health and numbers makes no trace, and neither does a sweep that finds nothing", async () => {
  const names = await namesOf("order");
  expect(names).toContain("createorder");
  expect(names.filter((name) => /healthz|readyz|metrics|dapr.(config|subscribe)|sweep/.test(name))).toEqual([]);
});
