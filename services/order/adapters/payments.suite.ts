import { describe, expect, it } from "vitest";
import type { CheckoutStatus, Payments } from "../app/services.ts";

/** What every {@link Payments} does. `open` gives one whose checkouts stand as told; the others are open. */
export function paymentsContract(name: string, open: (statuses: Map<string, CheckoutStatus>) => Payments) {
  const given = (status: CheckoutStatus) => open(new Map([["a", status]]));
  const order = { id: "a", checkoutSessionId: "cs_1" };

  describe(`payments of ${name}`, () => {
    it("closes an open checkout, once and for all, also of an order without a session", async () => {
      for (const one of [order, { id: "a" }]) {
        const payments = given("open");
        expect((await payments.close(one, "customer")).status).toBe("closed");
        expect((await payments.close(one, "expired")).status).toBe("closed");
        expect((await payments.find(["a"]))[0]?.status).toBe("closed");
      }
    });

    it.each(["processing", "paid", "refunded"] as const)("does not close what is %s, and says so", async (status) => {
      expect((await given(status).close(order, "customer")).status).toBe(status);
    });

    it("gives paid money back, and says of anything else what it is", async () => {
      const payments = given("paid");
      expect((await payments.refund(order)).status).toBe("refunded");
      expect((await payments.refund(order)).status).toBe("refunded");
      for (const status of ["open", "processing", "closed"] as const)
        expect((await given(status).refund(order)).status).toBe(status);
    });

    it("gives back what is asked for, once an id, until nothing is left", async () => {
      const payments = given("paid");
      const part = (refundId: string, amount: number) => ({ refundId, amount: { amount, currency: "eur" } });
      expect(await payments.refund(order, part("r1", 200))).toMatchObject({ status: "paid", refund: "succeeded" });
      expect(await payments.refund(order, part("r1", 200))).toMatchObject({ status: "paid", refund: "succeeded" });
      await expect(payments.refund(order, part("r2", 301))).rejects.toMatchObject({ kind: "conflict" });
      expect(await payments.refund(order, part("r3", 300))).toMatchObject({ status: "refunded", refund: "succeeded" });
      const none = await given("closed").refund(order, part("r1", 1));
      expect(none).toMatchObject({ status: "closed", refund: "none" });
    });

    it("announces a paid payment again, and no other", async () => {
      await given("paid").announce("a");
      for (const status of ["open", "closed", "refunded"] as const)
        await expect(given(status).announce("a")).rejects.toMatchObject({ kind: "conflict" });
    });

    it("finds payments in the order that was asked for, with what was paid", async () => {
      const payments = open(
        new Map<string, CheckoutStatus>([
          ["a", "paid"],
          ["b", "unknown"],
          ["c", "refunded"],
        ]),
      );
      const found = await payments.find(["c", "b", "a"]);
      expect(found.map(({ status }) => status)).toEqual(["refunded", "unknown", "paid"]);
      expect(found[2]).toMatchObject({ total: { amount: 500, currency: "eur" } });
    });
  });
}
