import { words } from "../language/language.ts";
import { orderNumber, shortStatus } from "../order/words.ts";
import { runningOrders } from "../orders/running.ts";
import { pathOf } from "../routing/route.ts";
import { Link } from "./Link.tsx";
import { useNow } from "./useNow.ts";
import { useOrders } from "./useOrders.ts";

/** On the menu: how the orders stand that are under way, or have just become ready. */
export function RunningOrders() {
  const { orders } = useOrders();
  const running = runningOrders(orders, useNow());
  if (running.length === 0) return null;
  return (
    <section class="under-way" aria-label={words.order.underWay}>
      <ul class="running">
        {running.map(({ id, status }) => (
          <li key={id}>
            <Link href={pathOf({ view: "order", orderId: id })}>
              <strong>{words.order.number(orderNumber(id))}</strong>
              <span class={`chip chip-${status}`}>{shortStatus(status)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
