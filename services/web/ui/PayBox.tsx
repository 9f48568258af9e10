import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { timeLeft } from "../format/timeLeft.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";
import { Failure } from "./Notice.tsx";
import { useNow } from "./useNow.ts";
import { useWayToPay } from "./useWayToPay.ts";

type Props = { order: Order; back: PaymentReturn | undefined; update(order: Order): void };

/** The way to the payment page. Back from having paid, it steps aside so that nobody pays twice. */
export function PayBox({ order, back, update }: Props) {
  const { asking, error, go } = useWayToPay(order, update);
  if (order.status === "pending") return <div class="skeleton skeleton-pay" />;
  if (order.status !== "waiting_for_payment" || !order.paymentLink) return null;
  return (
    <>
      {Boolean(error) && <Failure error={error} />}
      {back === "done" ? (
        <p class="pay-aside">
          <span class="spinner" aria-hidden="true" /> Did the payment not go through?{" "}
          <a href={order.paymentLink} onClick={go}>
            Open the payment page again
          </a>
        </p>
      ) : (
        <PayInTime order={order} link={order.paymentLink} asking={asking} go={go} />
      )}
    </>
  );
}

type InTime = { order: Order; link: string; asking: boolean; go(event: MouseEvent): void };

function PayInTime({ order, link, asking, go }: InTime) {
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
      <a class="button button-wide button-pay" href={link} onClick={go} aria-busy={asking}>
        {asking && <span class="spinner" aria-hidden="true" />} Pay {formatMoney(order.total)}
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
