import type { Alert, Severity } from "./alert.ts";

/** What we promise, and which share of what happened within a window broke the promise. */
export type Objective = {
  /** In names of recorded series. */
  readonly key: string;
  readonly alert: string;
  readonly promise: string;
  /** The share that may go wrong, 0 to 1. */
  readonly budget: number;
  /** PromQL: the share that went wrong within a window such as `5m`; nothing when nothing happened. */
  badShare(window: string): string;
  readonly summary: string;
};

const attempts = 'gorder_http_requests_total{service="order",method="POST",route="/api/customers/:customerId/orders"';

/** What is promised to guests. */
export const objectives: readonly Objective[] = [
  {
    key: "order_attempts",
    alert: "GorderOrdersRefused",
    promise: "99.9 % of order attempts are not refused by our fault, over 30 days",
    budget: 0.001,
    // 429 is a limit on the guest, and who left before the answer was not refused.
    badShare: (window) =>
      `(sum(rate(${attempts},status=~"5.."}[${window}])) or vector(0)) / (sum(rate(${attempts},status!="aborted"}[${window}])) > 0)`,
    summary: "Guests who order are turned away by our fault, so fast that the month's allowance will not last.",
  },
  {
    key: "payment_links",
    alert: "GorderLinksLate",
    promise: "95 % of orders have a payment link within 2 s, over 30 days",
    budget: 0.05,
    // Of what was placed, not of what got its link: the orders that never get one are the worst.
    badShare: (window) =>
      `clamp_min(1 - (sum(rate(gorder_order_stage_seconds_bucket{from="pending",to="waiting_for_payment",le="2"}[${window}])) or vector(0))` +
      ` / (sum(rate(gorder_order_transitions_total{status="pending"}[${window}])) > 0), 0)`,
    summary: "Guests who ordered wait for a way to pay, or never get one.",
  },
];

/** How fast the month's allowance goes, seen over a long window and, so that it ends with the fault, over a short one. */
type Burn = { readonly factor: number; readonly long: string; readonly short: string };

/** 14.4: a fiftieth of a month's allowance within an hour; 1: all of it by the end of the month. */
const burns: Readonly<Record<Severity, { readonly for: string; readonly of: readonly Burn[] }>> = {
  critical: {
    for: "2m",
    of: [
      { factor: 14.4, long: "1h", short: "5m" },
      { factor: 6, long: "6h", short: "30m" },
    ],
  },
  warning: {
    for: "15m",
    of: [
      { factor: 3, long: "1d", short: "2h" },
      { factor: 1, long: "3d", short: "6h" },
    ],
  },
};

/** The windows that are kept, each as a series of its own: the alerts' and the one of the promise. */
const windows = new Set([
  ...Object.values(burns).flatMap(({ of }) => of.flatMap(({ long, short }) => [short, long])),
  "30d",
]);

/** The name of the series with an objective's bad share within a window. */
export function shareOf({ key }: Objective, window: string): string {
  return `gorder:${key}_bad:share_${window}`;
}

/** A series that Prometheus computes by itself and keeps. */
export type Recorded = { readonly record: string; readonly expr: string };

/** An objective's bad share, for each window that somebody asks about. */
export function recordedShares(objective: Objective): Recorded[] {
  return [...windows].map((window) => ({ record: shareOf(objective, window), expr: objective.badShare(window) }));
}

/** One alert a severity. */
export function burnAlerts(objective: Objective): Alert[] {
  const burning = ({ factor, long, short }: Burn) => {
    const limit = Number((factor * objective.budget).toPrecision(4));
    return `(${shareOf(objective, long)} > ${limit} and ${shareOf(objective, short)} > ${limit})`;
  };
  return Object.entries(burns).map(([severity, burn]) => ({
    name: objective.alert,
    severity: severity as Severity,
    expr: burn.of.map(burning).join(" or "),
    for: burn.for,
    summary: objective.summary,
  }));
}
