import type { StatusChange } from "#common/genproto/order/v1/order_pb";
import { actorWords } from "../../actors.ts";
import { type StatusName, statusName } from "../../orders/filter.ts";
import { useMe } from "../useDesk.ts";
import { When } from "../When.tsx";

const happened: Record<StatusName | "unknown", string> = {
  pending: "Placed",
  waiting_for_payment: "Bill sent",
  paid: "Paid",
  cooking: "On the stove",
  ready: "Ready",
  cancelled: "Cancelled",
  refunded: "Refunded",
  unknown: "Moved on",
};

/** What became of an order, when, and by whom. */
export function History({ history }: { history: readonly StatusChange[] }) {
  const { me } = useMe();
  return (
    <section aria-labelledby="history-heading">
      <h2 id="history-heading">How it went</h2>
      <ol class="timeline">
        {history.map(({ status, at, by, reason, traceId }, index) => {
          const name = statusName(status);
          const ended = name === "cancelled" || name === "refunded";
          return (
            <li key={`${index} ${status}`} class={`step ${ended ? "step-ended" : "step-done"}`}>
              <span class="step-label">
                {happened[name]} <span class="step-by">by {actorWords(by, me.subject)}</span>
                {reason && <span class="step-reason">{reason}</span>}
              </span>
              <span class="step-time" title={traceId && `Trace ${traceId}`}>
                <When at={at} />
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
