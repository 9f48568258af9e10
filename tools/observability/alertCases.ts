import { apps } from "../services.ts";
import type { Severity } from "./alert.ts";

/** What Prometheus would have read, one value a minute unless said, in promtool's own notation (`0+10x60`), and what comes of it. */
export type AlertCase = {
  readonly alert: string;
  /** Where an alert comes in two severities, the one that is meant. */
  readonly severity?: Severity;
  /** What happens, in words. */
  readonly when: string;
  readonly series: Readonly<Record<string, string>>;
  /** How far the values are apart; for what takes days. */
  readonly every?: "1m" | "10m";
  /** When it is looked, from the start. */
  readonly at: string;
  readonly fires: boolean;
};

const orders = (status: string) =>
  `gorder_http_requests_total{service="order",method="POST",route="/api/customers/:customerId/orders",status="${status}"}`;
const others = 'gorder_http_requests_total{service="order",method="GET",route="/api/products",status="503"}';
const placed = 'gorder_order_transitions_total{service="order",status="pending"}';
const linked = (le: string) =>
  `gorder_order_stage_seconds_bucket{service="order",from="pending",to="waiting_for_payment",le="${le}"}`;
const moved = (status: string) => `gorder_order_transitions_total{service="order",status="${status}"}`;
const waiting = 'gorder_orders{service="order",status="paid"}';
const handled = (outcome: string) =>
  `gorder_event_handling_seconds_count{service="order",topic="order.paid",outcome="${outcome}"}`;
const webhooks = (outcome: string) => `gorder_webhooks_total{service="payment",type="any",outcome="${outcome}"}`;
const up = (service: string, endpoint = "http") => `up{service="${service}",endpoint="${endpoint}"}`;
const allUp = Object.fromEntries(apps.map((name) => [up(name), "1x60"]));
const started = 'process_start_time_seconds{service="stock",instance="a"}';
const letters = (name: string, queue: string) => `${name}{queue="${queue}"}`;

type Told = Omit<AlertCase, "alert" | "fires">;
const fires = (alert: string, told: Told): AlertCase => ({ alert, ...told, fires: true });
const rests = (alert: string, told: Told): AlertCase => ({ alert, ...told, fires: false });

/** Each alert with what raises it and with the nearest thing that must not. */
export const alertCases: readonly AlertCase[] = [
  fires("GorderServiceDown", {
    when: "both processes of a service are down",
    series: { ...allUp, [up("stock")]: "1x10 0x50", 'up{service="stock",endpoint="http",pod="b"}': "1x10 0x50" },
    at: "13m",
  }),
  fires("GorderServiceDown", {
    when: "a service has no process at all",
    series: { ...allUp, [up("kitchen")]: "1x10 stale" },
    at: "13m",
  }),
  rests("GorderServiceDown", {
    when: "one of two processes is down",
    series: { ...allUp, 'up{service="stock",endpoint="http",pod="b"}': "0x60" },
    at: "30m",
  }),
  fires("GorderSidecarDown", {
    when: "the only sidecar of a service is down",
    series: { [up("order", "sidecar-metrics")]: "1x10 0x20" },
    at: "15m",
  }),
  rests("GorderSidecarDown", {
    when: "sidecars are not read at all",
    series: allUp,
    at: "30m",
  }),
  fires("GorderOrdersRefused", {
    severity: "critical",
    when: "one order in fifty is answered 503",
    series: { [orders("201")]: "0+98x120", [orders("503")]: "0+2x120" },
    at: "100m",
  }),
  rests("GorderOrdersRefused", {
    severity: "critical",
    when: "guests reach their own limits, and only the menu is away",
    series: { [orders("201")]: "0+98x120", [orders("429")]: "0+50x120", [others]: "0+50x120" },
    at: "100m",
  }),
  rests("GorderOrdersRefused", {
    severity: "critical",
    when: "what was refused lies an hour back",
    series: { [orders("201")]: "0+98x180", [orders("503")]: "0+20x30 600x150" },
    at: "70m",
  }),
  fires("GorderOrdersRefused", {
    severity: "warning",
    when: "two orders in a thousand are answered 500 for days",
    series: { [orders("201")]: "0+998x440", [orders("500")]: "0+2x440" },
    every: "10m",
    at: "72h",
  }),
  rests("GorderOrdersRefused", {
    severity: "warning",
    when: "one order in ten thousand is answered 500 for days",
    series: { [orders("201")]: "0+9999x440", [orders("500")]: "0+1x440" },
    every: "10m",
    at: "72h",
  }),
  fires("GorderLinksLate", {
    severity: "critical",
    when: "orders are placed and none gets a link",
    series: { [placed]: "0+10x120" },
    at: "70m",
  }),
  fires("GorderLinksLate", {
    severity: "critical",
    when: "links come, but late",
    series: { [placed]: "0+10x120", [linked("2")]: "0+1x120", [linked("5")]: "0+10x120" },
    at: "70m",
  }),
  rests("GorderLinksLate", {
    severity: "critical",
    when: "all links come in time",
    series: { [placed]: "0+10x120", [linked("2")]: "0+10x120" },
    at: "100m",
  }),
  rests("GorderLinksLate", {
    severity: "critical",
    when: "nobody orders",
    series: { [placed]: "10x120", [linked("2")]: "10x120" },
    at: "100m",
  }),
  fires("GorderLinksLate", {
    severity: "warning",
    when: "one link in ten is late for days",
    series: { [placed]: "0+100x440", [linked("2")]: "0+90x440" },
    every: "10m",
    at: "72h",
  }),
  rests("GorderLinksLate", {
    severity: "warning",
    when: "one link in fifty is late for days",
    series: { [placed]: "0+100x440", [linked("2")]: "0+98x440" },
    every: "10m",
    at: "72h",
  }),
  fires("GorderKitchenStands", {
    when: "paid orders wait and nobody cooks",
    series: { [waiting]: "3x40", [moved("ready")]: "5x40" },
    at: "25m",
  }),
  rests("GorderKitchenStands", {
    when: "many paid orders wait, but the cooks are at work",
    series: { [waiting]: "300x40", [moved("cooking")]: "0+1x40" },
    at: "25m",
  }),
  rests("GorderKitchenStands", {
    when: "nothing is to be cooked",
    series: { [waiting]: "0x40", [moved("ready")]: "5x40" },
    at: "25m",
  }),
  fires("GorderPaymentsPutAside", {
    when: "a payment is no order's",
    series: { 'gorder_payments_put_aside{service="payment"}': "0x5 1x20" },
    at: "12m",
  }),
  rests("GorderPaymentsPutAside", {
    when: "every one was decided",
    series: { 'gorder_payments_put_aside{service="payment"}': "1x2 0x20" },
    at: "12m",
  }),
  fires("GorderRefundsFail", {
    when: "the provider refuses refunds",
    series: { 'gorder_refunds_total{service="payment",outcome="refused"}': "0x5 1x20" },
    at: "12m",
  }),
  rests("GorderRefundsFail", {
    when: "money goes back",
    series: { 'gorder_refunds_total{service="payment",outcome="refunded"}': "0+1x20" },
    at: "12m",
  }),
  rests("GorderRefundsFail", {
    when: "money is on its way back for days",
    series: { 'gorder_refunds_total{service="payment",outcome="under_way"}': "0+1x20" },
    at: "12m",
  }),
  fires("GorderRefundFailed", {
    when: "a bank refuses a refund for good",
    series: { 'gorder_refunds{service="payment",state="failed"}': "0x5 1x20" },
    at: "12m",
  }),
  rests("GorderRefundFailed", {
    when: "refunds are under way",
    series: {
      'gorder_refunds{service="payment",state="failed"}': "0x20",
      'gorder_refunds{service="payment",state="refunding"}': "3x20",
    },
    at: "12m",
  }),
  fires("GorderWebhooksFail", {
    when: "a third of the messages is refused",
    series: { [webhooks("changed")]: "0+2x40", [webhooks("refused")]: "0+1x40" },
    at: "25m",
  }),
  rests("GorderWebhooksFail", {
    when: "one message in a hundred comes again",
    series: { [webhooks("changed")]: "0+99x40", [webhooks("retry")]: "0+1x40" },
    at: "25m",
  }),
  fires("GorderReconcilerReports", {
    when: "an order does not fit and cannot be repaired",
    series: {
      'gorder_reconciler_findings_total{service="order",kind="sold_though_cancelled",outcome="reported"}': "0x5 1x20",
    },
    at: "8m",
  }),
  rests("GorderReconcilerReports", {
    when: "all that did not fit was repaired",
    series: {
      'gorder_reconciler_findings_total{service="order",kind="payment_unheard",outcome="repaired"}': "0+1x20",
    },
    at: "8m",
  }),
  fires("GorderOutboxStuck", {
    when: "the oldest event grows old",
    series: { 'gorder_outbox_age_seconds{service="order"}': "0+60x20" },
    at: "10m",
  }),
  rests("GorderOutboxStuck", {
    when: "many events wait, none of them long",
    series: {
      'gorder_outbox_age_seconds{service="order"}': "200x20",
      'gorder_outbox_entries{service="order"}': "500x20",
    },
    at: "10m",
  }),
  fires("GorderEventsRetried", {
    when: "half of a topic's events fail",
    series: { [handled("done")]: "0+5x40", [handled("retry")]: "0+5x40" },
    at: "25m",
  }),
  rests("GorderEventsRetried", {
    when: "events are repeated, which is nothing",
    series: { [handled("done")]: "0+5x40", [handled("repeated")]: "0+50x40" },
    at: "25m",
  }),
  fires("GorderDeadLetters", {
    when: "a letter lies in a dead-letter queue",
    series: { [letters("rabbitmq_queue_messages", "dlq-order-order.paid")]: "0x5 1x10" },
    at: "8m",
  }),
  fires("GorderDeadLetters", {
    when: "the broker's detailed page tells of one",
    series: { [letters("rabbitmq_detailed_queue_messages", "dlq-order-order.paid")]: "0x5 1x10" },
    at: "8m",
  }),
  rests("GorderDeadLetters", {
    when: "an ordinary queue is long",
    series: { [letters("rabbitmq_queue_messages", "order-order.paid")]: "900x10" },
    at: "8m",
  }),
  fires("GorderErrors", {
    when: "one request in twenty ends in an internal error",
    series: { [others.replace("503", "500")]: "0+5x40", [others.replace("503", "200")]: "0+95x40" },
    at: "25m",
  }),
  rests("GorderErrors", {
    when: "guests are refused politely",
    series: { [others]: "0+50x40", [others.replace("503", "200")]: "0+50x40" },
    at: "25m",
  }),
  fires("GorderNumbersMissing", {
    when: "a gauge is left out each time",
    series: { 'gorder_gauges_left_out_total{service="order",gauge="gorder_orders"}': "0+2x30" },
    at: "12m",
  }),
  rests("GorderNumbersMissing", {
    when: "a gauge was left out once",
    series: { 'gorder_gauges_left_out_total{service="order",gauge="gorder_orders"}': "0x3 1x30" },
    at: "12m",
  }),
  fires("GorderRestarts", {
    when: "a process starts again every five minutes",
    series: { [started]: "1x4 2x4 3x4 4x4 5x4 6x4" },
    at: "24m",
  }),
  rests("GorderRestarts", {
    when: "a new version was rolled out",
    series: { [started]: "1x10 2x20" },
    at: "24m",
  }),
  fires("GorderEventLoopLate", {
    when: "each step waits for a second",
    series: { 'nodejs_eventloop_lag_p99_seconds{service="order"}': "1x30" },
    at: "20m",
  }),
  rests("GorderEventLoopLate", {
    when: "it was busy for a minute",
    series: { 'nodejs_eventloop_lag_p99_seconds{service="order"}': "0.01x5 1x1 0.01x20" },
    at: "20m",
  }),
];
