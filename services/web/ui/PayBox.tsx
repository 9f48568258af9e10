import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { timeLeft } from "../format/timeLeft.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";
import { useNow } from "./useNow.ts";

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
  return <PayInTime order={order} link={order.paymentLink} />;
}

function PayInTime({ order, link }: { order: Order; link: string }) {
  const left = timeLeft(order.expiresAt, useNow());
  if (!left) {
    return (
      <p class="pay-aside">
        <span class="spinner" aria-hidden="true" /> Time is up. We are making sure that nothing was charged.
      </p>
    );
  }
  return (
    <>
      <a class="button button-wide button-pay" href={link}>
        Pay {formatMoney(order.total)}
      </a>
      <p class="pay-left">
        Time left to pay:{" "}
        <time role="timer" dateTime={left.iso}>
          {left.shown}
        </time>
      </p>
    </>
  );
}
