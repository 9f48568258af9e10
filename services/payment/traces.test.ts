import { expect, test } from "vitest";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { publicApp } from "#common/service";
import { keptSpans } from "#common/testing/spans";
import { orderCreated, sessionPaid, signature, traceparent } from "./testing/events.ts";
import { payment } from "./testing/fakes.ts";

const spans = keptSpans();
const [, orderTrace, orderSpan] = traceparent.split("-");

test("the announcement continues the order's trace, and the webhook's own trace is linked with it both ways", async () => {
  const { service } = payment();
  await service.subscriptions?.[0]?.handle(orderCreated());
  const app = publicApp(service, silentLogger);
  const { port, close } = await listen(app, "127.0.0.1", 0);
  const body = sessionPaid();
  const headers = { "stripe-signature": signature(body) };
  await fetch(`http://127.0.0.1:${port}/api/stripe/webhook`, { method: "POST", headers, body });
  await close();

  const named = (name: string) => spans().find((span) => span.name === name);
  const announced = named("announce order.paid");
  const confirmed = named("confirmPayment");
  const webhook = named("POST /api/stripe/webhook");
  expect(announced?.spanContext().traceId).toBe(orderTrace);
  expect(announced?.parentSpanContext?.spanId).toBe(orderSpan);
  expect(announced?.links[0]?.context.traceId).toBe(webhook?.spanContext().traceId);
  expect(webhook?.spanContext().traceId).not.toBe(orderTrace);
  expect(confirmed?.parentSpanContext?.spanId).toBe(webhook?.spanContext().spanId);
  expect(confirmed?.links[0]?.context).toMatchObject({ traceId: orderTrace, spanId: orderSpan });
  expect(confirmed?.attributes["linked.trace_id"]).toBe(orderTrace);
});
