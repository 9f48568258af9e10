import { expect, test } from "vitest";
import { confirmation, open } from "../testing/payments.ts";
import type { AskedPayment, SessionState } from "./payment.ts";
import { announce, close, confirm, follow, refund } from "./transitions.ts";

const paid = (): AskedPayment => confirm(open, confirmation());
const closed = close(open, "customer");
const processing = follow(open, { status: "processing" });
const refunded = follow(open, { status: "refunded", confirmation: confirmation() });

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
  paid: { status: "paid", confirmation: confirmation() },
  refunded: { status: "refunded", confirmation: confirmation() },
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
  expect(follow(closed, { status: "paid", confirmation: confirmation() })).not.toHaveProperty("reason");
});

test("a payment that was given back keeps what was taken, and is not to be announced", () => {
  const first = confirm(open, confirmation());
  if (first.status !== "paid") throw new Error(first.status);
  expect(refund(first)).toMatchObject({ status: "refunded", paymentId: "pi_1" });
  expect(refund(first)).not.toHaveProperty("announced");
});
