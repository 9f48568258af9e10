import type { Order, OrderStatus } from "../api/types.ts";

export type Step = {
  status: OrderStatus;
  label: string;
  /** `current` = reached last and the order goes on from here; `ended` = the last one of an order that failed. */
  state: "done" | "current" | "upcoming" | "ended";
  at?: string;
};

const labels: Record<OrderStatus, string> = {
  pending: "Placed",
  waiting_for_payment: "Ready to pay",
  paid: "Paid",
  ready: "Ready",
  cancelled: "Cancelled",
  refunded: "Refunded",
};

const path: readonly OrderStatus[] = ["pending", "waiting_for_payment", "paid", "ready"];

export function isFinal(status: OrderStatus): boolean {
  return status === "ready" || status === "cancelled" || status === "refunded";
}

/** Only before money moved. */
export function isCancellable(status: OrderStatus): boolean {
  return status === "pending" || status === "waiting_for_payment";
}

/** The way to the table, or for an order that failed the way it really went. */
export function timelineOf({ status, history, createdAt }: Order): Step[] {
  const times = new Map<OrderStatus, string>([["pending", createdAt]]);
  for (const entry of history) times.set(entry.status, entry.at);
  if (status === "cancelled" || status === "refunded") {
    const went = [...times.keys()].filter((reached) => reached !== status);
    return [...went, status].map((reached) => step(reached, reached === status ? "ended" : "done", times));
  }
  const reached = path.indexOf(status);
  return path.map((each, index) => {
    if (index > reached) return step(each, "upcoming", new Map());
    return step(each, index < reached || status === "ready" ? "done" : "current", times);
  });
}

function step(status: OrderStatus, state: Step["state"], times: ReadonlyMap<OrderStatus, string>): Step {
  const at = times.get(status);
  return { status, label: labels[status], state, ...(at !== undefined && { at }) };
}
