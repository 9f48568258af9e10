import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { timeLeft } from "../format/timeLeft.ts";
import { words } from "../language/language.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";
import { Failure } from "./Notice.tsx";
import { useNow } from "./useNow.ts";
import { useWayToPay } from "./useWayToPay.ts";

/** After so long without a bill, the guest is told that somebody is at it. */
const patienceMs = 60_000;

type Props = { order: Order; back: PaymentReturn | undefined; update(order: Order): void };

/** The way to the payment page. Back from having paid, it steps aside so that nobody pays twice. */
export function PayBox({ order, back, update }: Props) {
  const { asking, error, go } = useWayToPay(order, update);
  if (order.status === "pending") return <BillOnItsWay order={order} />;
  if (order.status !== "waiting_for_payment" || !order.paymentLink) return null;
  return (
    <>
      {Boolean(error) && <Failure error={error} />}
      {back === "done" ? (
        <p class="pay-aside">
          <span class="spinner" aria-hidden="true" /> {words.order.notThrough}{" "}
          <a href={order.paymentLink} onClick={go} onAuxClick={go}>
            {words.order.payAgain}
          </a>
        </p>
      ) : (
        <PayInTime order={order} link={order.paymentLink} asking={asking} go={go} />
      )}
    </>
  );
}

function BillOnItsWay({ order }: { order: Order }) {
  const waited = useNow().getTime() - Date.parse(order.createdAt);
  return (
    <>
      <div class="skeleton skeleton-pay" />
      {waited > patienceMs && (
        <p class="pay-left" role="status">
          {words.order.billLate}
        </p>
      )}
    </>
  );
}

type InTime = { order: Order; link: string; asking: boolean; go(event: MouseEvent): void };

function PayInTime({ order, link, asking, go }: InTime) {
  const left = timeLeft(order.expiresAt, useNow());
  // The headline says that the time is up.
  if (!left) return null;
  return (
    <>
      <a class="button button-wide button-pay" href={link} onClick={go} onAuxClick={go} aria-busy={asking}>
        {asking && <span class="spinner" aria-hidden="true" />} {words.order.pay(formatMoney(order.total))}
      </a>
      <p class="pay-left">
        {words.order.timeLeft}{" "}
        <time role="timer" dateTime={left.iso}>
          {left.shown}
        </time>
      </p>
    </>
  );
}
