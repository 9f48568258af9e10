import fc from "fast-check";
import { expect, test } from "vitest";
import { isKind } from "#common/errors";
import { confirmation, open } from "../testing/payments.ts";
import type { Dispute, GivenBack, RefundNews } from "./moneyBack.ts";
import type { TakenPayment } from "./payment.ts";
import {
  askRefund,
  changeRefund,
  isQuiet,
  leftOf,
  markTold,
  openRefunds,
  recordBack,
  standingOf,
  untoldOf,
} from "./refunds.ts";
import { announce, confirm } from "./transitions.ts";

const at = new Date(0);

function taken(): TakenPayment {
  const paid = confirm(open, confirmation());
  return paid.status === "paid" ? announce(paid) : paid;
}

const state = fc.constantFrom("refunding" as const, "succeeded" as const, "failed" as const);
const news: fc.Arbitrary<RefundNews> = fc.record({ number: fc.nat(3), state }).map(({ number, state }) => ({
  ...{ id: `r${number}`, providerId: `re_${number}`, amount: 100 * (number + 1), state, at: at.toISOString() },
}));
const dispute: fc.Arbitrary<Dispute> = fc
  .constantFrom("warning_needs_response", "needs_response", "under_review", "won", "lost")
  .map((status) => ({ id: "du_1", amount: 250, reason: "fraudulent", status, at: at.toISOString() }));
const told = (refunds: readonly RefundNews[], disputes: readonly Dispute[] = []): GivenBack => ({ refunds, disputes });

/** What of the payment is not kept, or not for long. */
const gone = (payment: TakenPayment): number => payment.total.amount - leftOf(payment);

test("a refund that failed is open until a later one succeeds, or all of the money is back by a dispute", () => {
  const asked = askRefund(taken(), "a", undefined, at);
  const failed = changeRefund(asked, "a", (refund) => ({ ...refund, state: "failed" }));
  expect(openRefunds(failed).map(({ id }) => id)).toEqual(["a"]);
  const { amount } = failed.total;
  const lost: Dispute = { id: "du_1", amount, reason: "fraudulent", status: "lost", at: at.toISOString() };
  expect(openRefunds(recordBack(failed, told([], [{ ...lost, status: "under_review" }])))).toHaveLength(1);
  expect(openRefunds(recordBack(failed, told([], [lost])))).toEqual([]);
});

test("whatever is asked for, in whatever order, never more than what was taken is on its way back", () => {
  const asked = fc.record({ id: fc.nat(5), amount: fc.option(fc.integer({ min: 1, max: 1300 }), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(fc.oneof(asked, news)), (steps) => {
      let payment = taken();
      for (const step of steps) {
        if ("providerId" in step) {
          // The provider, too, gives no more back than what it took.
          const known = payment.refunds?.some(({ id }) => id === step.id);
          if (known || step.amount <= leftOf(payment)) payment = recordBack(payment, told([step]));
          continue;
        }
        const amount = step.amount === undefined ? undefined : { amount: step.amount, currency: "eur" };
        try {
          payment = askRefund(payment, `r${step.id}`, amount, at);
        } catch (error) {
          if (!isKind(error, "conflict")) throw error;
        }
        expect(gone(payment)).toBeLessThanOrEqual(1250);
      }
    }),
  );
});

test("news that come twice and in any order end as the newest of each refund", () => {
  const newest = { refunding: 0, succeeded: 1, failed: 2 };
  fc.assert(
    fc.property(fc.array(news, { minLength: 1 }), (all) => {
      const payment = all.reduce((current, one) => recordBack(current, told([one])), taken());
      for (const { id, state } of payment.refunds ?? []) {
        const ranks = all.filter((one) => one.id === id).map((one) => newest[one.state]);
        expect(newest[state]).toBe(Math.max(...ranks));
      }
      expect(recordBack(payment, told(all))).toBe(payment);
    }),
  );
});

test("what an order was told is never told again, and everything else is", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ news, dispute })), (steps) => {
      let payment = taken();
      for (const step of steps) {
        payment = recordBack(payment, told([step.news], [step.dispute]));
        payment = markTold(payment, untoldOf(payment));
        expect(untoldOf(payment)).toEqual([]);
        expect(isQuiet(payment)).toBe(
          (payment.refunds ?? []).every((one) => one.state !== "refunding") &&
            (payment.disputes ?? []).every((one) => one.status === "won" || one.status === "lost"),
        );
      }
    }),
  );
});

test("a payment is refunding while the last of it is on its way, refunded when it is back, and paid when it is not", () => {
  const refund = { id: "a", providerId: "re_1", amount: 1250, at: at.toISOString() };
  const standing = (state: RefundNews["state"], payment = taken()) => recordBack(payment, told([{ ...refund, state }]));
  expect(standingOf(standing("refunding"))).toBe("refunding");
  const refunded = standing("succeeded");
  expect(standingOf(refunded)).toBe("refunded");
  expect(standing("failed", refunded)).toMatchObject({ status: "paid", announced: true });
});

test("what was stored by a version before as given back has nothing left, and no news make it less", () => {
  const { announced: _, ...paid } = taken() as Extract<TakenPayment, { status: "paid" }>;
  const before: TakenPayment = { ...paid, status: "refunded" };
  expect([leftOf(before), standingOf(before)]).toEqual([0, "refunded"]);
  expect(recordBack(before, told([]))).toBe(before);
  expect(() => askRefund(before, "a", { amount: 1, currency: "eur" }, at)).toThrow("Only €0.00 of €12.50 are left");
});

test("a refund that is taken away leaves what it was of", () => {
  const asked = askRefund(taken(), "a", undefined, at);
  expect(leftOf(asked)).toBe(0);
  expect(leftOf(changeRefund(asked, "a", () => undefined))).toBe(1250);
});
