import type { Order } from "#common/genproto/order/v1/order_pb";
import { CheckoutStatus } from "#common/genproto/payment/v1/payment_pb";
import type { GetPaymentFileResponse } from "#common/genproto/payment/v1/staff_pb";
import { amountText } from "../../money/amount.ts";
import { plainly } from "../../money/provider.ts";
import { Facts } from "../Facts.tsx";
import { When } from "../When.tsx";

const words: Record<number, string> = {
  [CheckoutStatus.OPEN]: "It can still be paid",
  [CheckoutStatus.PROCESSING]: "A slow payment is under way",
  [CheckoutStatus.PAID]: "Paid",
  [CheckoutStatus.CLOSED]: "Nobody paid, and nobody can any more",
  [CheckoutStatus.REFUNDED]: "Given back",
  [CheckoutStatus.REFUNDING]: "On its way back",
};

/** What the payment provider says. */
export function PaymentFile({ payment: file, order }: { payment: GetPaymentFileResponse | undefined; order: Order }) {
  const payment = file?.payment;
  return (
    <section aria-labelledby="payment-heading">
      <h2 id="payment-heading">Payment</h2>
      <Facts
        of={[
          ["Status", payment ? (words[payment.status] ?? "Nothing is known of it") : "Nothing is known of it"],
          ["Amount", payment?.total && amountText(payment.total)],
          ["Paid", payment?.paidAt && <When at={payment.paidAt} />],
          ["Payment", payment?.paymentId && <code>{payment.paymentId}</code>],
          ["Session", order.checkoutSessionId && <code>{order.checkoutSessionId}</code>],
        ]}
      />
      {file?.disputes.map(({ id, amount, reason, status, at }) => (
        <p key={id} class="flag flag-bad">
          Disputed: {amountText(amount)}, {plainly(reason)} ({plainly(status)}), <When at={at} />
        </p>
      ))}
      {file?.dashboardUrl && (
        <a href={file.dashboardUrl} rel="noreferrer" target="_blank">
          At the provider
        </a>
      )}
    </section>
  );
}
