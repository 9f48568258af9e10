import { describe, expect, test } from "vitest";
import { after, lives, stamp, statuses, type Verb, verbs } from "../testing/orders.ts";
import type { Status } from "./status.ts";

const conflict = expect.objectContaining({ name: "AppError", kind: "conflict" });

/** What becomes of an order: its new status, "same" when nothing changes, "refused" when it may not be. */
const outcomes: Record<
  Exclude<Verb, "oweRefund" | "callOff" | "takeBack" | "giveBack" | "recordBack">,
  Record<Status, Status | "same" | "refused">
> = {
  requestPayment: {
    pending: "waiting_for_payment",
    waiting_for_payment: "same",
    paid: "same",
    cooking: "same",
    ready: "same",
    cancelled: "refused",
    refunded: "same",
  },
  pay: {
    pending: "paid",
    waiting_for_payment: "paid",
    paid: "same",
    cooking: "same",
    ready: "same",
    cancelled: "refused",
    refunded: "refused",
  },
  claimFor: {
    pending: "refused",
    waiting_for_payment: "refused",
    paid: "cooking",
    cooking: "refused",
    ready: "refused",
    cancelled: "refused",
    refunded: "refused",
  },
  returnTicket: {
    pending: "same",
    waiting_for_payment: "same",
    paid: "same",
    cooking: "paid",
    ready: "same",
    cancelled: "same",
    refunded: "same",
  },
  markReady: {
    pending: "refused",
    waiting_for_payment: "refused",
    paid: "refused",
    cooking: "ready",
    ready: "same",
    cancelled: "refused",
    refunded: "refused",
  },
  cancel: {
    pending: "cancelled",
    waiting_for_payment: "cancelled",
    paid: "refused",
    cooking: "refused",
    ready: "refused",
    cancelled: "same",
    refunded: "refused",
  },
  refund: {
    pending: "refused",
    waiting_for_payment: "refused",
    paid: "refunded",
    cooking: "refunded",
    ready: "refunded",
    cancelled: "refunded",
    refunded: "same",
  },
};

describe.each(Object.keys(outcomes) as (keyof typeof outcomes)[])("%s", (verb) => {
  test.each(statuses.map((status) => [status, outcomes[verb][status]] as const))("of a %s order: %s", (from, to) => {
    const order = after(...lives[from]);
    const before = structuredClone(order.snapshot);
    expect(before.status).toBe(from);
    if (to === "refused") {
      expect(() => verbs[verb](order, stamp(9))).toThrow(conflict);
      expect(order.snapshot).toEqual(before);
    } else if (to === "same") {
      expect(verbs[verb](order, stamp(9))).toBe(false);
      expect(order.snapshot).toEqual(before);
    } else {
      expect(verbs[verb](order, stamp(9))).toBe(true);
      expect(order.snapshot).toMatchObject({ status: to, version: order.snapshot.history.length });
      expect(order.snapshot.history.length).toBeGreaterThan(before.history.length);
    }
  });
});
