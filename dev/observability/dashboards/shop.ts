import { type Objective, objectives, shareOf } from "../objectives.ts";
import { type Board, graph, number, quantiles } from "./panels.ts";

const reached = (status: string) => `sum(increase(gorder_order_transitions_total{status="${status}"}[$__range]))`;
const stage = (from: string, to: string) =>
  quantiles(`gorder_order_stage_seconds_bucket{service="order",from="${from}",to="${to}"}`);
const allowance = (objective: Objective) =>
  number(
    `Left of the month: ${objective.promise}`,
    "percentunit",
    "1 is all of the allowance, 0 none; below 0 the promise is broken.",
    `1 - ${shareOf(objective, "30d")} / ${objective.budget}`,
  );

/** What a cook or an owner wants to see while guests are there. */
export const shop: Board = {
  name: "gorder-shop",
  title: "Gorder: the shop tonight",
  says: "Orders, waiting times, food and money.",
  from: "now-6h",
  rows: [
    {
      title: "Tonight",
      panels: [
        number("Ordered", "short", "Orders that were accepted in the time shown.", reached("pending")),
        number("Paid", "short", "Orders that were paid in the time shown.", reached("paid")),
        number("Ready", "short", "Meals that were finished in the time shown.", reached("ready")),
        number(
          "Cancelled",
          "short",
          "By guests, by time or by payments that failed.",
          `${reached("cancelled")} or on () vector(0)`,
        ),
        number(
          "In the kitchen",
          "short",
          "Meals that are cooked at this moment.",
          'sum(gorder_kitchen_tickets{state="cooking"})',
        ),
      ],
    },
    {
      title: "Orders",
      panels: [
        graph("Under way, by status", "short", "Orders that are not at their end.", {
          expr: "max by (status) (gorder_orders)",
        }),
        graph("Statuses reached, a minute", "short", "How fast orders move.", {
          expr: "60 * sum by (status) (rate(gorder_order_transitions_total[$__rate_interval]))",
        }),
        graph(
          "Turned away, a minute",
          "short",
          "Refused for too many requests, too many waiting orders, or because something does not answer.",
          {
            expr: '60 * sum by (reason) (rate(gorder_http_refused_total{service="order"}[$__rate_interval])) or on () vector(0)',
          },
          {
            expr: "60 * sum by (reason) (rate(gorder_admission_refused_total[$__rate_interval])) or on () vector(0)",
            legend: "full house: {{reason}}",
          },
        ),
      ],
    },
    {
      title: "How long guests wait",
      panels: [
        graph(
          "From the order to its payment link",
          "s",
          "Promised: 95 of 100 within 2 s.",
          ...stage("pending", "waiting_for_payment"),
        ),
        graph("From paid to ready", "s", "What the kitchen takes, its queue included.", ...stage("paid", "ready")),
        graph("From the order to ready", "s", "All of it, paying included.", ...stage("pending", "ready")),
      ],
    },
    {
      title: "Food",
      panels: [
        graph("Sold", "short", "Units by product since the books were opened.", {
          expr: 'max by (product) (gorder_stock_units{state="sold"})',
        }),
        graph("Left", "short", "What can still be ordered.", {
          expr: 'max by (product) (gorder_stock_units{state="available"})',
        }),
        graph("Reservations, a minute", "short", "What became of the food that orders asked for.", {
          expr: "60 * sum by (outcome) (rate(gorder_reservations_total[$__rate_interval]))",
        }),
      ],
    },
    {
      title: "Money",
      panels: [
        graph("Checkout sessions, a minute", "short", "Asked for at the provider.", {
          expr: "60 * sum by (outcome) (rate(gorder_checkout_sessions_total[$__rate_interval]))",
        }),
        graph("Refunds", "short", "Money that went back, or did not, within the last hour.", {
          expr: "sum by (outcome) (increase(gorder_refunds_total[1h])) or on () vector(0)",
        }),
        graph("Refunds without an end", "short", "Under way at the provider, or refused for good.", {
          expr: "max by (state) (gorder_refunds)",
        }),
        number(
          "Payments for somebody to decide",
          "short",
          "Money that matches no order.",
          "max(gorder_payments_put_aside)",
        ),
      ],
    },
    { title: "What is promised", panels: objectives.map(allowance) },
  ],
};
