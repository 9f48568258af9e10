import { type AlertCase, fires, rests } from "./alertCase.ts";

const others = 'gorder_http_requests_total{service="order",method="GET",route="/api/products",status="503"}';
const handled = (outcome: string) =>
  `gorder_event_handling_seconds_count{service="order",topic="order.paid",outcome="${outcome}"}`;
const started = 'process_start_time_seconds{service="stock",instance="a"}';
const letters = (name: string, queue: string) => `${name}{queue="${queue}"}`;

/** Alerts about what everything stands on: each with what raises it and with the nearest thing that must not. */
export const systemCases: readonly AlertCase[] = [
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
