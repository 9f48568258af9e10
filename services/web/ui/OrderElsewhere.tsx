import { words } from "../language/language.ts";
import { orderNumber } from "../order/words.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";
import { Link } from "./Link.tsx";
import { Notice } from "./Notice.tsx";

/** An order that this browser may not see: mostly one's own, after the bank's app or with the cookies gone. */
export function OrderElsewhere({ orderId, back }: { orderId: string; back: PaymentReturn | undefined }) {
  const number = orderNumber(orderId);
  const { elsewhere } = words;
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{words.order.title}</h1>
      <Notice kind="warn" title={elsewhere.title(number)}>
        <p>{elsewhere.text}</p>
        {back === "done" && <p>{elsewhere.done}</p>}
        {back === "cancelled" && <p>{elsewhere.cancelled}</p>}
        <ul class="advice">
          <li>{elsewhere.openThere}</li>
          <li>{elsewhere.tellUs(number)}</li>
        </ul>
      </Notice>
      <div class="order-actions">
        <Link href="/orders">{elsewhere.ordersHere}</Link>
        <Link href="/">{words.backToMenu}</Link>
      </div>
    </div>
  );
}
