import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { formatTime } from "../format/time.ts";
import { orderNumber, shortStatus } from "../order/words.ts";
import { pathOf } from "../routing/route.ts";
import { Empty } from "./Empty.tsx";
import { Link } from "./Link.tsx";
import { Failure } from "./Notice.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { useOrders } from "./useOrders.ts";
import { useTitle } from "./useTitle.ts";

export function OrdersPage() {
  useTitle("Your orders");
  const { orders, loading, error, hasMore, more, retry } = useOrders();
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Your orders</h1>
      {orders.length > 0 && (
        <ul class="order-list">
          {orders.map((order) => (
            <OrderRow key={order.id} order={order} />
          ))}
        </ul>
      )}
      {loading && <Skeleton label="Your orders are loading" count={3} shape="row" />}
      {Boolean(error) && <Failure error={error} onRetry={retry} />}
      {!loading && !error && orders.length === 0 && <Empty emoji="🥢" text="You have not ordered anything yet." />}
      {hasMore && !loading && (
        <button type="button" class="button button-quiet" onClick={more}>
          Show older orders
        </button>
      )}
    </div>
  );
}

function OrderRow({ order }: { order: Order }) {
  const contents = order.items.map(({ quantity, name }) => `${quantity} × ${name}`).join(", ");
  return (
    <li>
      <Link href={pathOf({ view: "order", orderId: order.id })} class="order-row">
        <span class="order-row-head">
          <strong>Order {orderNumber(order.id)}</strong>
          <time dateTime={order.createdAt}>{formatTime(order.createdAt, new Date())}</time>
        </span>
        <span class="order-row-items">{contents}</span>
        <span class={`chip chip-${order.status}`}>{shortStatus(order.status)}</span>
        <span class="price">{formatMoney(order.total)}</span>
      </Link>
    </li>
  );
}
