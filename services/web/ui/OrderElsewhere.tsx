import { orderNumber } from "../order/words.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";
import { Link } from "./Link.tsx";
import { Notice } from "./Notice.tsx";

/** An order that this browser may not see: mostly one's own, after the bank's app or with the cookies gone. */
export function OrderElsewhere({ orderId, back }: { orderId: string; back: PaymentReturn | undefined }) {
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Your order</h1>
      <Notice kind="warn" title={`We can’t show ${orderNumber(orderId)} here`}>
        <p>
          An order is shown only in the browser that placed it. This is another one, or its cookies were cleared since,
          or the address has a mistake in it.
        </p>
        {back === "done" && <p>If your payment went through, the order is with the kitchen all the same.</p>}
        {back === "cancelled" && <p>If you gave up paying, nothing was charged, and the order ends by itself.</p>}
        <ul class="advice">
          <li>Open the page in the browser in which you ordered: it is under “Your orders” there.</li>
          <li>
            Paid, and nowhere to be found? Tell us the number {orderNumber(orderId)}, or show the receipt of your
            payment. There is no need to order or to pay again.
          </li>
        </ul>
      </Notice>
      <div class="order-actions">
        <Link href="/orders">Your orders here</Link>
        <Link href="/">Back to the menu</Link>
      </div>
    </div>
  );
}
