import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { formatTime } from "../format/time.ts";
import { words } from "../language/language.ts";
import { isFinal } from "../order/status.ts";
import { orderNumber, shortStatus } from "../order/words.ts";
import { pathOf } from "../routing/route.ts";
import { Link } from "./Link.tsx";
import { OrderAgain } from "./OrderAgain.tsx";
import { useDishNames } from "./useDishNames.ts";

/** One of the guest's orders in short; one that is over can be ordered again. */
export function OrderRow({ order }: { order: Order }) {
  const nameOf = useDishNames();
  const contents = order.items.map((item) => `${item.quantity} × ${nameOf(item)}`);
  return (
    <li class="order-row">
      <Link href={pathOf({ view: "order", orderId: order.id })} class="order-row-link">
        <span class="order-row-head">
          <strong>{words.order.number(orderNumber(order.id))}</strong>
          <time dateTime={order.createdAt}>{formatTime(order.createdAt, new Date())}</time>
        </span>
        <span class="order-row-items">{contents.join(", ")}</span>
        <span class="order-row-foot">
          <span class={`chip chip-${order.status}`}>{shortStatus(order.status)}</span>
          <span class="price">{formatMoney(order.total)}</span>
        </span>
      </Link>
      {isFinal(order.status) && <OrderAgain order={order} quiet />}
    </li>
  );
}
