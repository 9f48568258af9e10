import { everyService } from "../alert.ts";
import { type Board, graph } from "./panels.ts";

const of = (labels = "") => `{service=~"${everyService}"${labels}}`;
const p95 = (buckets: string, by: string) =>
  `histogram_quantile(0.95, sum by (le, ${by}) (rate(${buckets}[$__rate_interval])))`;

/** Rate, errors, duration and what each process takes. */
export const services: Board = {
  name: "gorder-services",
  title: "Gorder: services",
  says: "Every service by its requests, use cases and processes, and its sidecar.",
  from: "now-1h",
  rows: [
    {
      title: "Requests",
      panels: [
        graph("Requests a second", "reqps", "All but probes.", {
          expr: "sum by (service) (rate(gorder_http_requests_total[$__rate_interval]))",
        }),
        graph("Share of 5xx", "percentunit", "503 is a refusal, 500 a fault.", {
          expr:
            'sum by (service, status) (rate(gorder_http_requests_total{status=~"5.."}[$__rate_interval]))' +
            " / on (service) group_left sum by (service) (rate(gorder_http_requests_total[$__rate_interval])) or on () vector(0)",
        }),
        graph("Duration, 95 %, by route", "s", "Until all was sent; event streams are left out.", {
          expr: p95("gorder_http_request_seconds_bucket", "service, method, route"),
        }),
      ],
    },
    {
      title: "Use cases",
      panels: [
        graph("Use cases a second", "ops", "Commands and queries by name.", {
          expr: "sum by (service, use_case) (rate(gorder_use_case_seconds_count[$__rate_interval]))",
        }),
        graph("Failed and refused a second", "ops", "Refused is an expected answer, failed a fault.", {
          expr:
            'sum by (service, use_case, outcome) (rate(gorder_use_case_seconds_count{outcome!="ok"}[$__rate_interval]))' +
            " or on () vector(0)",
        }),
        graph("Duration, 95 %", "s", "By use case.", {
          expr: p95("gorder_use_case_seconds_bucket", "service, use_case"),
        }),
      ],
    },
    {
      title: "Processes",
      panels: [
        graph("Processors taken", "short", "1 is one whole core.", {
          expr: `sum by (service) (rate(process_cpu_seconds_total${of(',endpoint="http"')}[$__rate_interval]))`,
        }),
        graph("Memory", "bytes", "Resident, the largest process of each service.", {
          expr: `max by (service) (process_resident_memory_bytes${of(',endpoint="http"')})`,
        }),
        graph("Event loop, 99 %", "s", "How long each step waits for its turn.", {
          expr: "max by (service) (nodejs_eventloop_lag_p99_seconds)",
        }),
        graph("Processes by version", "short", "Two versions at once is a rollout.", {
          expr: "count by (service, version, node) (gorder_build_info)",
          legend: "{{service}} {{version}}, Node {{node}}",
        }),
      ],
    },
    {
      title: "Sidecars",
      panels: [
        graph("Answering", "short", "Sidecars that Prometheus can read.", {
          expr: `sum by (service) (up${of(',endpoint="sidecar-metrics"')})`,
        }),
        graph("Calls a second", "ops", "What services ask of their sidecars.", {
          expr: "sum by (app_id) (rate(dapr_http_server_request_count[$__rate_interval]))",
        }),
        graph("Memory", "bytes", "Resident, the largest sidecar of each service.", {
          expr: `max by (service) (process_resident_memory_bytes${of(',endpoint="sidecar-metrics"')})`,
        }),
      ],
    },
  ],
};
