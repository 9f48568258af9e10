import { apps, isOptional } from "../services.ts";
import { type Alert, everyService } from "./alert.ts";

const nobody = (service: string) => `absent(up{service="${service}",endpoint="http"})`;

/** The shop: what guests and the cook feel. */
const shop: readonly Alert[] = [
  {
    name: "GorderServiceDown",
    severity: "critical",
    // A service without any pod has no series that could be 0.
    expr: [
      `sum by (service) (up{service=~"${everyService}",endpoint="http"}) == 0`,
      ...apps.filter((app) => !isOptional(app)).map(nobody),
    ].join(" or "),
    for: "1m",
    summary: "Nothing of the service {{ $labels.service }} answers.",
  },
  {
    name: "GorderKitchenStands",
    severity: "critical",
    expr:
      'max(gorder_orders{status="paid"}) > 0 unless on ()' +
      ' sum(increase(gorder_order_transitions_total{status=~"cooking|ready"}[15m])) > 0',
    for: "5m",
    summary: "{{ $value }} paid orders wait, and for 15 minutes none was begun or finished.",
  },
  {
    name: "GorderOrdersStuck",
    severity: "warning",
    expr: "max by (type) (gorder_orders_stuck) > 0",
    for: "5m",
    summary: "{{ $value }} orders wait for a person: their {{ $labels.type }} came to nothing.",
  },
  {
    name: "GorderReservationsStuck",
    severity: "warning",
    expr: "max(gorder_reservations_stuck) > 0",
    for: "5m",
    summary: "{{ $value }} reservations cannot be settled, and hold what others could eat.",
  },
  {
    name: "GorderOrdersOverdue",
    severity: "critical",
    expr: "max(gorder_orders_overdue) > 0",
    for: "10m",
    summary: "{{ $value }} unpaid orders do not end, and hold what others could eat.",
  },
  {
    name: "GorderClocksApart",
    severity: "warning",
    expr: "max by (service) (abs(gorder_clock_skew_seconds)) > 3",
    for: "5m",
    summary:
      "The clock of a pod of {{ $labels.service }} and the one its deadlines go by are {{ $value | humanizeDuration }} apart.",
  },
];

/** Money: few, and each for a person. */
const money: readonly Alert[] = [
  {
    name: "GorderPaymentsPutAside",
    severity: "warning",
    expr: "max(gorder_payments_put_aside) > 0",
    for: "5m",
    summary: "{{ $value }} payments match no order and wait for somebody to decide.",
  },
  {
    name: "GorderRefundsFail",
    severity: "warning",
    expr: 'sum(increase(gorder_refunds_total{outcome=~"refused|unavailable"}[30m])) > 0',
    for: "5m",
    summary: "Guests whose order was cancelled do not get their money back.",
  },
  {
    name: "GorderRefundFailed",
    severity: "warning",
    expr: 'max(gorder_refunds{state="failed"}) > 0',
    for: "5m",
    summary: "{{ $value }} refunds were refused for good: the money is still here, and somebody has to decide.",
  },
  {
    name: "GorderWebhooksFail",
    severity: "critical",
    expr:
      'sum(rate(gorder_webhooks_total{outcome=~"retry|refused"}[10m]))' +
      " / (sum(rate(gorder_webhooks_total[10m])) > 0) > 0.2",
    for: "10m",
    summary:
      "The provider's messages fail ({{ $value | humanizePercentage }}): guests pay and their orders do not move.",
  },
  {
    name: "GorderReconcilerReports",
    severity: "warning",
    expr: 'sum by (kind) (increase(gorder_reconciler_findings_total{outcome="reported"}[30m])) > 0',
    for: "0m",
    summary: "Orders do not fit and could not be repaired: {{ $labels.kind }}.",
  },
];

/** What is under it. */
const machinery: readonly Alert[] = [
  {
    name: "GorderOutboxStuck",
    severity: "critical",
    expr: "max(gorder_outbox_age_seconds) > 300",
    for: "2m",
    summary: "What orders announce has had no effect for {{ $value | humanizeDuration }}: they do not move on.",
  },
  {
    name: "GorderEventsRetried",
    severity: "warning",
    expr:
      'sum by (service, topic) (rate(gorder_event_handling_seconds_count{outcome="retry"}[10m]))' +
      " / (sum by (service, topic) (rate(gorder_event_handling_seconds_count[10m])) > 0) > 0.2",
    for: "10m",
    summary: "{{ $labels.service }} cannot handle {{ $value | humanizePercentage }} of {{ $labels.topic }}.",
  },
  {
    name: "GorderDeadLetters",
    severity: "warning",
    // The broker's own number, under the names that its two metrics pages have for it.
    expr: 'max by (queue) ({__name__=~"rabbitmq(_detailed)?_queue_messages",queue=~"dlq-.+"}) > 0',
    for: "1m",
    summary: "{{ $value }} messages lie in {{ $labels.queue }}: each is something that did not happen.",
  },
  {
    name: "GorderErrors",
    severity: "warning",
    expr:
      'sum by (service) (rate(gorder_http_requests_total{status=~"500|502|504"}[10m]))' +
      " / (sum by (service) (rate(gorder_http_requests_total[10m])) > 0) > 0.01",
    for: "10m",
    summary: "{{ $labels.service }} answers {{ $value | humanizePercentage }} of all requests with an internal error.",
  },
  {
    name: "GorderNumbersMissing",
    severity: "warning",
    expr: "sum by (service, gauge) (rate(gorder_gauges_left_out_total[5m])) > 0",
    for: "5m",
    summary: "{{ $labels.service }} cannot read {{ $labels.gauge }}: what keeps it does not answer.",
  },
  {
    name: "GorderSidecarDown",
    severity: "warning",
    expr: `max by (service) (up{service=~"${everyService}",endpoint="sidecar-metrics"}) == 0`,
    for: "3m",
    summary: "No sidecar of {{ $labels.service }} answers: it can reach nobody.",
  },
  {
    name: "GorderRestarts",
    severity: "warning",
    expr: `changes(process_start_time_seconds{service=~"${everyService}"}[30m]) > 3`,
    for: "0m",
    summary: "{{ $labels.service }} at {{ $labels.instance }} started {{ $value }} times within half an hour.",
  },
  {
    name: "GorderEventLoopLate",
    severity: "warning",
    expr: "max by (service) (nodejs_eventloop_lag_p99_seconds) > 0.5",
    for: "10m",
    summary:
      "{{ $labels.service }} has more to do than one processor can: each step waits {{ $value | humanizeDuration }}.",
  },
];

/** Every alert that is no objective's. */
export const alerts: readonly Alert[] = [...shop, ...money, ...machinery];
