import { expect, test } from "vitest";
import { confirmation, open } from "../testing/payments.ts";
import type { AskedPayment, SessionState } from "./payment.ts";
import { announce, close, confirm, follow } from "./transitions.ts";

const paid = (): AskedPayment => confirm(open, confirmation());
const closed = close(open, "customer");
const processing = follow(open, { status: "processing" });
const none = { refunds: [], disputes: [] };
const all = {
  id: "re_1",
  providerId: "re_1",
  amount: 1250,
  state: "succeeded" as const,
  at: new Date(0).toISOString(),
};
const back = { refunds: [all], disputes: [] };
const refunded = follow(open, { status: "paid", confirmation: confirmation(), back });

test("a payment that the provider confirms is paid, and not announced yet", () => {
  expect(confirm(open, confirmation())).toMatchObject({
    status: "paid",
    paymentId: "pi_1",
    paidAt: "1970-01-01T00:00:00.000Z",
    announced: false,
  });
});

test("a second confirmation keeps the first one's payment, time and announcement", () => {
  const first = confirm(open, confirmation());
  if (first.status !== "paid") throw new Error(first.status);
  const paid = announce(first);
  const again = confirm(paid, confirmation({ eventId: "evt_2", paymentId: "pi_2", at: new Date(5000) }));
  expect(again).toBe(paid);
});

const is: Record<string, SessionState> = {
  open: { status: "open" },
  processing: { status: "processing" },
  expired: { status: "closed", reason: "expired" },
  failed: { status: "closed", reason: "payment_failed" },
  paid: { status: "paid", confirmation: confirmation(), back: none },
  refunded: { status: "paid", confirmation: confirmation(), back },
};
const froms = { open, processing, closed, paid: paid(), refunded };

test.each<[keyof typeof froms, Record<string, AskedPayment["status"]>]>([
  [
    "open",
    { open: "open", processing: "processing", expired: "closed", failed: "closed", paid: "paid", refunded: "refunded" },
  ],
  [
    "processing",
    {
      open: "processing",
      processing: "processing",
      expired: "closed",
      failed: "closed",
      paid: "paid",
      refunded: "refunded",
    },
  ],
  [
    "closed",
    { open: "closed", processing: "closed", expired: "closed", failed: "closed", paid: "paid", refunded: "refunded" },
  ],
  ["paid", { open: "paid", processing: "paid", expired: "paid", failed: "paid", paid: "paid", refunded: "refunded" }],
  [
    "refunded",
    {
      open: "refunded",
      processing: "refunded",
      expired: "refunded",
      failed: "refunded",
      paid: "refunded",
      refunded: "refunded",
    },
  ],
])("a payment that is %s follows its session forward, never back", (from, expected) => {
  const becomes = Object.entries(is).map(([state, said]) => [state, follow(froms[from], said).status]);
  expect(Object.fromEntries(becomes)).toEqual(expected);
});

test("a payment that was closed keeps its first reason, and none once the money is there", () => {
  expect(close(closed, "expired")).toMatchObject({ reason: "customer" });
  expect(follow(closed, { status: "paid", confirmation: confirmation(), back: none })).not.toHaveProperty("reason");
});

test("a payment that was given back keeps what was taken, and is not to be announced", () => {
  expect(refunded).toMatchObject({ status: "refunded", paymentId: "pi_1" });
  expect(refunded).not.toHaveProperty("announced");
});
