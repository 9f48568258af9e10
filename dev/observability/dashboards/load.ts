import { everyService } from "../alert.ts";
import { type Board, graph, quantiles } from "./panels.ts";

/** k6 beside the system that it loads; k6 writes with `--out experimental-prometheus-rw`. */
export const load: Board = {
  name: "gorder-load",
  title: "Gorder: load test",
  says: "What k6 does and what the system makes of it. k6 sends its numbers with --out experimental-prometheus-rw.",
  from: "now-30m",
  rows: [
    {
      title: "k6",
      panels: [
        graph(
          "Requests and iterations a second",
          "ops",
          "What k6 gets done.",
          { expr: "sum(rate(k6_http_reqs_total[$__rate_interval]))", legend: "requests" },
          { expr: "sum(rate(k6_iterations_total[$__rate_interval]))", legend: "iterations" },
          { expr: "sum(rate(k6_dropped_iterations_total[$__rate_interval]))", legend: "left out" },
        ),
        graph("Duration, the slowest hundredth", "s", "As k6 sees it, by what it asks.", {
          expr: "max by (name) (k6_http_req_duration_p99)",
        }),
        graph(
          "Guests and failures",
          "short",
          "How many play, and the share of requests that fail.",
          { expr: "sum(k6_vus)", legend: "guests" },
          { expr: "max(k6_http_req_failed_rate)", legend: "failed" },
        ),
      ],
    },
    {
      title: "The system",
      panels: [
        graph("Statuses reached a second", "ops", "Orders that move.", {
          expr: "sum by (status) (rate(gorder_order_transitions_total[$__rate_interval]))",
        }),
        graph(
          "From the order to its payment link",
          "s",
          "As the order service knows it.",
          ...quantiles('gorder_order_stage_seconds_bucket{from="pending",to="waiting_for_payment"}'),
        ),
        graph("Processor time an order", "s", "Of each service's own process, without sidecars and servers.", {
          expr:
            `sum by (service) (rate(process_cpu_seconds_total{service=~"${everyService}",endpoint="http"}[$__rate_interval]))` +
            ' / on () group_left sum(rate(gorder_order_transitions_total{status="pending"}[$__rate_interval]))',
        }),
        graph("Event loop, 99 %", "s", "How long each step waits for its turn.", {
          expr: "max by (service) (nodejs_eventloop_lag_p99_seconds)",
        }),
      ],
    },
  ],
};
