import { fakeCheckout } from "./fakeCheckout.ts";
import { refundsContract } from "./refunds.suite.ts";

refundsContract("the provider that other tests use", async () => {
  const checkout = fakeCheckout();
  const total = { amount: 1200, currency: "eur" };
  const fixed = { orderId: "order-1", customerId: "c", items: [], total, traceparent: "", placedAt: new Date(0) };
  await checkout.open(fixed);
  checkout.pay("order-1");
  return {
    checkout,
    paymentId: "pi_1",
    begin: async (state) => {
      checkout.begin = state;
    },
    end: async (providerId, state) => checkout.endRefund(providerId, state),
    refundByHand: async (amount) => checkout.refundByHand("pi_1", amount),
    async dispute() {
      checkout.dispute("pi_1", 1200, "needs_response");
      return async (status) => checkout.dispute("pi_1", 1200, status);
    },
  };
});
