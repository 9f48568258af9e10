import { type Board, graph } from "./panels.ts";

const queue = (labels: string) => `max by (queue) ({__name__=~"rabbitmq(_detailed)?_queue_messages",${labels}})`;

/** What is on its way between services, and what could not be delivered. */
export const messages: Board = {
  name: "gorder-messages",
  title: "Gorder: messages and stores",
  says: "Queues, dead letters, the outbox, the provider's messages, and numbers whose store does not answer.",
  from: "now-3h",
  rows: [
    {
      title: "Queues",
      panels: [
        graph("Messages that wait", "short", "By queue, from the broker.", {
          expr: queue('queue!~"dlq-.+"'),
          legend: "{{queue}}",
        }),
        graph("Dead letters", "short", "Each is something that did not happen.", {
          expr: queue('queue=~"dlq-.+"'),
          legend: "{{queue}}",
        }),
      ],
    },
    {
      title: "Events",
      panels: [
        graph("Handled a second", "ops", "Repeated ones had their effect before; retried ones come again.", {
          expr: "sum by (service, topic, outcome) (rate(gorder_event_handling_seconds_count[$__rate_interval]))",
        }),
        graph("Duration, 95 %", "s", "Of handling one event.", {
          expr: "histogram_quantile(0.95, sum by (le, service, topic) (rate(gorder_event_handling_seconds_bucket[$__rate_interval])))",
        }),
        graph("Webhooks a minute", "short", "The provider's messages by what became of them.", {
          expr: "60 * sum by (type, outcome) (rate(gorder_webhooks_total[$__rate_interval]))",
        }),
      ],
    },
    {
      title: "What waits for its effect",
      panels: [
        graph("Outbox", "short", "Orders with an event whose effect was not seen yet.", {
          expr: "max(gorder_outbox_entries)",
          legend: "entries",
        }),
        graph("Age of the oldest", "s", "Above five minutes somebody is called.", {
          expr: "max(gorder_outbox_age_seconds)",
          legend: "age",
        }),
        graph(
          "What the caretaker found, an hour",
          "short",
          "Repaired is fine now and then; reported is for a person.",
          { expr: "sum by (kind, outcome) (increase(gorder_reconciler_findings_total[1h])) or on () vector(0)" },
        ),
      ],
    },
    {
      title: "Stores",
      panels: [
        graph("Numbers left out, a minute", "short", "What keeps them did not answer within two seconds.", {
          expr: "60 * sum by (service, gauge) (rate(gorder_gauges_left_out_total[$__rate_interval])) or on () vector(0)",
        }),
        graph("Payments put aside, an hour", "short", "Money that matches no order, by reason.", {
          expr: "sum by (reason) (increase(gorder_payments_put_aside_total[1h])) or on () vector(0)",
        }),
      ],
    },
  ],
};
