// What guests were told, against what the server says afterwards: of each guest's orders, and of what is on the shelves.
import { Counter, Rate, Trend } from "k6/metrics";
import { menu, ordersOf } from "./guest.js";

export const accepted = new Counter("orders_accepted");
export const soldOut = new Counter("orders_sold_out");
/** Attempts with no order and no clear refusal when the guest's patience ended. */
export const failed = new Rate("orders_failed");
/** Paid for, and not ready when the guest's patience ended. */
export const unfinished = new Counter("orders_unfinished");
export const accepting = new Trend("accepting_ms", true);
export const toPayment = new Trend("to_payment_ms", true);
export const toReady = new Trend("to_ready_ms", true);

const lost = new Counter("orders_lost");
const unasked = new Counter("orders_unasked");
const unread = new Counter("ledgers_unread");
const ordered = new Counter("units_ordered");
const gone = new Counter("units_gone");
/** Goes up with every unit ordered and down with every unit gone. */
const difference = new Counter("units_unaccounted");
const belowZero = new Counter("units_below_zero");

/** What must hold in every scenario. `ALONE=no`: others order meanwhile, so that the shelves prove nothing. */
export const ledgerThresholds = {
  orders_accepted: ["count>0"],
  orders_failed: ["rate<0.001"],
  orders_lost: ["count==0"],
  orders_unasked: ["count==0"],
  orders_unfinished: ["count==0"],
  ledgers_unread: ["count==0"],
  units_below_zero: ["count==0"],
  ...(__ENV.ALONE !== "no" && { units_unaccounted: ["count==0"] }),
};

/** Product id -> units left. For setup(). */
export function shelves() {
  return Object.fromEntries(menu().map(({ id, available }) => [id, available]));
}

/** Compares what a guest was told with what the server lists. `told`: ids of orders; `doubtful`: attempts that failed. */
export function auditGuest(guest, told, doubtful) {
  const orders = ordersOf(guest);
  if (!orders) return unread.add(1);
  const listed = orders.map(({ id }) => id);
  lost.add(told.filter((id) => !listed.includes(id)).length);
  unasked.add(Math.max(0, listed.length - told.length - doubtful));
  const units = orders.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);
  ordered.add(units);
  difference.add(units);
}

/** Compares the shelves before and after, once every guest has been audited. For teardown(). @returns those after. */
export function auditShelves(before) {
  const after = shelves();
  const sum = (piles) => Object.values(piles).reduce((total, left) => total + left, 0);
  gone.add(sum(before) - sum(after));
  difference.add(sum(after) - sum(before));
  for (const left of Object.values(after)) belowZero.add(Math.max(0, -left));
  return after;
}
