import { describe, expect, it } from "vitest";
import type { Checkout } from "../app/services.ts";

/** A payment of 12.00 eur for `order-1`, and what can be made to happen at its provider. */
export type RefundsWorld = {
  checkout: Checkout;
  paymentId: string;
  /** How new refunds begin. */
  begin(state: "refunding" | "succeeded" | "failed"): Promise<unknown>;
  end(providerId: string, state: "succeeded" | "failed"): Promise<unknown>;
  refundByHand(amount: number): Promise<unknown>;
  /** The customer's bank claims all of it back. @returns what decides on that. */
  dispute(): Promise<(status: "won" | "lost") => Promise<unknown>>;
};

/** What every {@link Checkout} does with money that goes back. */
export function refundsContract(name: string, open: () => Promise<RefundsWorld>): void {
  describe(`refunds of ${name}`, () => {
    async function world() {
      const it = await open();
      const ask = (id: string, amount: number, attempt = 1) =>
        it.checkout.refund({ orderId: "order-1", paymentId: it.paymentId, refund: { id, amount, attempt } });
      const back = () => it.checkout.givenBack(it.paymentId);
      return { ...it, ask, back };
    }

    it("the same refund and attempt are one refund, by however many at once", async () => {
      const { ask, back } = await world();
      const [one, other] = [await ask("a", 500), await ask("a", 500)];
      expect(one).toMatchObject({ id: "a", amount: 500, state: "succeeded", at: expect.any(String) });
      expect(other).toEqual(one);
      expect((await back()).refunds).toEqual([one]);
    });

    it("more than what is left is refused for good, and so is what was given back or never made", async () => {
      const { ask, checkout, back } = await world();
      await ask("a", 500);
      await expect(ask("b", 701)).rejects.toMatchObject({ kind: "invalid" });
      await ask("c", 700);
      await expect(ask("d", 1)).rejects.toMatchObject({ kind: "invalid", message: "charge_already_refunded" });
      const nobodys = { orderId: "order-2", paymentId: "pi_none", refund: { id: "e", amount: 1, attempt: 1 } };
      await expect(checkout.refund(nobodys)).rejects.toMatchObject({ kind: "invalid" });
      expect((await back()).refunds.map(({ id }) => id)).toEqual(["a", "c"]);
    });

    it("a refund is under way until it succeeds or fails, and what failed can be given back again", async () => {
      const { ask, back, begin, end } = await world();
      await begin("refunding");
      const made = await ask("a", 1200);
      if (made === "spent") throw new Error(made);
      expect(made.state).toBe("refunding");
      await expect(ask("b", 1)).rejects.toMatchObject({ kind: "invalid" });
      await end(made.providerId, "succeeded");
      expect((await back()).refunds).toMatchObject([{ id: "a", state: "succeeded" }]);
      await end(made.providerId, "failed");
      expect((await back()).refunds).toMatchObject([{ id: "a", state: "failed" }]);
      await begin("failed");
      expect(await ask("c", 1200)).toMatchObject({ state: "failed" });
      await begin("succeeded");
      expect(await ask("d", 1200)).toMatchObject({ state: "succeeded" });
    });

    it("what was given back by hand is told by the provider's own id", async () => {
      const { back, refundByHand } = await world();
      await refundByHand(300);
      const [refund] = (await back()).refunds;
      expect(refund).toMatchObject({ amount: 300, state: "succeeded" });
      expect(refund?.id).toBe(refund?.providerId);
    });

    it("a dispute is told, and keeps refunds off until it is won", async () => {
      const { ask, back, dispute } = await world();
      const decide = await dispute();
      expect((await back()).disputes).toMatchObject([{ amount: 1200, status: "needs_response", reason: "fraudulent" }]);
      await expect(ask("a", 100)).rejects.toMatchObject({ kind: "invalid", message: "charge_disputed" });
      await decide("won");
      expect((await back()).disputes).toMatchObject([{ status: "won" }]);
      expect(await ask("b", 100)).toMatchObject({ state: "succeeded" });
    });

    it("a payment names its order; one that nobody knows names none, and nothing went back of it", async () => {
      const { checkout, paymentId } = await world();
      expect(await checkout.orderOf(paymentId)).toBe("order-1");
      expect(await checkout.orderOf("pi_none")).toBeUndefined();
    });
  });
}
