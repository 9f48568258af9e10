import type { ConnectRouter } from "@connectrpc/connect";
import { z } from "zod";
import { PaymentService } from "#common/genproto/payment/v1/payment_pb";
import { parse } from "#common/http/validate";
import type { PaymentApp } from "../app/app.ts";
import { refundStates } from "./moneyProto.ts";
import { paymentMessage, unknownPayment } from "./proto.ts";

const id = z.string().regex(/^[\x21-\x7e]{1,128}$/, "must be 1 to 128 visible ASCII characters");
const closing = z.object({ orderId: id, reason: z.enum(["customer", "expired", "payment_failed"]) });
const ofOrder = z.object({ orderId: id });
const refunding = z.object({
  orderId: id,
  refundId: z.string().regex(/^[\x21-\x7e]{0,64}$/, "must be at most 64 visible ASCII characters"),
  amount: z.object({ amount: z.bigint().min(1n).max(99_999_999n), currency: z.string().length(3) }).optional(),
});
const ofOrders = z.object({ orderIds: z.array(id).max(100) });

/** PaymentService for the order service and for operators. */
export function paymentRpc(app: PaymentApp): (router: ConnectRouter) => void {
  return (router) =>
    router.service(PaymentService, {
      async closeCheckout(request) {
        const { orderId, reason } = parse(closing, request);
        return { payment: paymentMessage(await app.closeCheckout({ orderId, reason, ...sessionOf(request) })) };
      },
      async refundPayment(request) {
        const whose = request.orderId || request.partOfOrderId;
        const { orderId, refundId, amount } = parse(refunding, { ...request, orderId: whose });
        const asked = { orderId, refundId, amount: amount && { ...amount, amount: Number(amount.amount) } };
        const { payment, state } = await app.refundPayment({ ...asked, ...sessionOf(request) });
        return { payment: paymentMessage(payment), ...(state && { state: refundStates[state] }) };
      },
      async announcePayment(request) {
        await app.announcePayment(parse(ofOrder, request));
        return {};
      },
      async getPayments(request) {
        const { orderIds } = parse(ofOrders, request);
        const payments = await app.getPayments({ orderIds });
        return {
          payments: orderIds.map((orderId, index) => {
            const payment = payments[index];
            return payment ? paymentMessage(payment) : unknownPayment(orderId);
          }),
        };
      },
    });
}

function sessionOf({ checkoutSessionId }: { checkoutSessionId: string }): { sessionId?: string } {
  return checkoutSessionId ? { sessionId: checkoutSessionId } : {};
}
