import type { Money } from "#common/genproto/common/v1/money_pb";
import { RefundStatus } from "#common/genproto/order/v1/order_pb";
import type { OrderRefund } from "#common/genproto/order/v1/staff_pb";
import { actorWords } from "../../actors.ts";
import { amountText } from "../../money/amount.ts";
import { useMe } from "../useDesk.ts";
import { When } from "../When.tsx";

const words: Record<number, readonly [text: string, kind: string]> = {
  [RefundStatus.REFUNDING]: ["under way", "warn"],
  [RefundStatus.SUCCEEDED]: ["given back", "good"],
  [RefundStatus.FAILED]: ["refused by the provider", "bad"],
};

/** Money that went back, is on its way, or was refused. */
export function Refunds({ refunds, refundable }: { refunds: readonly OrderRefund[]; refundable: Money | undefined }) {
  const { me } = useMe();
  return (
    <section aria-labelledby="refunds-heading">
      <h2 id="refunds-heading">Given back</h2>
      {refunds.length === 0 && <p class="soft">Nothing so far.</p>}
      <ul class="lines">
        {refunds.map(({ id, amount, status, by, reason, at }) => {
          const [text, kind] = words[status] ?? ["unknown", "warn"];
          return (
            <li key={id}>
              <span class="price">{amountText(amount)}</span>
              <span class={`flag flag-${kind}`}>{text}</span>
              <span class="soft">
                {reason && `“${reason}”, `}
                {actorWords(by, me.subject)}, <When at={at} />
              </span>
            </li>
          );
        })}
      </ul>
      {refundable && refundable.amount > 0n && <p class="soft">{amountText(refundable)} are left to give back.</p>}
    </section>
  );
}
