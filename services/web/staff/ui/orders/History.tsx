import type { StatusChange } from "#common/genproto/order/v1/order_pb";
import { actorWords } from "../../actors.ts";
import { statusName } from "../../orders/filter.ts";
import { statusWords } from "../StatusChip.tsx";
import { useMe } from "../useDesk.ts";
import { When } from "../When.tsx";

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
                {statusWords[name]} <span class="step-by">by {actorWords(by, me.subject)}</span>
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
