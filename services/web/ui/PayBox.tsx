import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";

/** The way to the payment page. Back from having paid, it steps aside so that nobody pays twice. */
export function PayBox({ order, back }: { order: Order; back: PaymentReturn | undefined }) {
  if (order.status === "pending") return <div class="skeleton skeleton-pay" />;
  if (order.status !== "waiting_for_payment" || !order.paymentLink) return null;
  if (back === "done") {
    return (
      <p class="pay-aside">
        <span class="spinner" aria-hidden="true" /> Did the payment not go through?{" "}
        <a href={order.paymentLink}>Open the payment page again</a>
      </p>
    );
  }
  return (
    <a class="button button-wide button-pay" href={order.paymentLink}>
      Pay {formatMoney(order.total)}
    </a>
  );
}
