import { type AlertCase, fires, rests } from "./alertCase.ts";

const webhooks = (outcome: string) => `gorder_webhooks_total{service="payment",type="any",outcome="${outcome}"}`;

/** Alerts about money, and orders that wait for a person: each with what raises it and with the nearest thing that must not. */
export const moneyCases: readonly AlertCase[] = [
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
  fires("GorderOrdersStuck", {
    when: "a sale can never be booked",
    series: { 'gorder_orders_stuck{service="order",type="sale"}': "0x5 1x20" },
    at: "12m",
  }),
  rests("GorderOrdersStuck", {
    when: "somebody has looked after it within five minutes",
    series: { 'gorder_orders_stuck{service="order",type="sale"}': "0x5 1x3 0x20" },
    at: "12m",
  }),
  fires("GorderReservationsStuck", {
    when: "of two orders nobody can say whether they need what they hold",
    series: { 'gorder_reservations_stuck{service="stock"}': "0x5 2x20" },
    at: "12m",
  }),
  rests("GorderReservationsStuck", {
    when: "the order service can say so again within five minutes",
    series: { 'gorder_reservations_stuck{service="stock"}': "0x5 2x3 0x20" },
    at: "12m",
  }),
  fires("GorderOrdersOverdue", {
    when: "an order that nobody paid does not end",
    series: { 'gorder_orders_overdue{service="order"}': "0x5 1x30" },
    at: "20m",
  }),
  rests("GorderOrdersOverdue", {
    when: "they end ten minutes late",
    series: { 'gorder_orders_overdue{service="order"}': "0x5 3x4 0x30" },
    at: "20m",
  }),
  fires("GorderClocksApart", {
    when: "a pod's clock is ten seconds behind",
    series: { 'gorder_clock_skew_seconds{service="stock"}': "-10x20" },
    at: "12m",
  }),
  rests("GorderClocksApart", {
    when: "a slow answer looks like a second",
    series: { 'gorder_clock_skew_seconds{service="stock"}': "1x20" },
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
];
