import type { Order, OrderStatus } from "../api/types.ts";
import { words } from "../language/language.ts";
import { isFinal, path } from "./status.ts";
import { plainly } from "./words.ts";

export type Step = {
  status: OrderStatus;
  label: string;
  /** `current` = reached last and the order goes on from here; `ended` = the last one of an order that failed. */
  state: "done" | "current" | "upcoming" | "ended";
  at?: string;
};

/** The way to the table, or for an order that left it, by failing or to a status unknown here, the way it really went. */
export function timelineOf({ status, history, createdAt }: Order): Step[] {
  const times = new Map<OrderStatus, string>([["pending", createdAt]]);
  for (const entry of history) times.set(entry.status, entry.at);
  const reached = path.indexOf(status);
  if (reached < 0) {
    const went = [...times.keys()].filter((each) => each !== status);
    return [
      ...went.map((each) => step(each, "done", times)),
      step(status, isFinal(status) ? "ended" : "current", times),
    ];
  }
  return path.map((each, index) => {
    if (index > reached) return step(each, "upcoming", new Map());
    return step(each, index < reached || status === "ready" ? "done" : "current", times);
  });
}

function step(status: OrderStatus, state: Step["state"], times: ReadonlyMap<OrderStatus, string>): Step {
  const at = times.get(status);
  return { status, label: plainly(words.timeline.steps, status), state, ...(at !== undefined && { at }) };
}
