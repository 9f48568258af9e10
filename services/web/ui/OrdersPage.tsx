import { useEffect } from "preact/hooks";
import type { Order } from "../api/types.ts";
import { isFinal } from "../order/timeline.ts";
import { explain } from "../words.ts";
import { Empty } from "./Empty.tsx";
import { Failure, Notice } from "./Notice.tsx";
import { OrderRow } from "./OrderRow.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { useOlderOrders, useOrders } from "./useOrders.ts";
import { useShop } from "./useShop.ts";
import { useTitle } from "./useTitle.ts";

/** Open orders as they move, and past ones below them. */
export function OrdersPage() {
  useTitle("Your orders");
  const feed = useShop().orders;
  const { orders, loaded, trouble, cursor } = useOrders();
  const older = useOlderOrders();
  useSeen(orders);
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Your orders</h1>
      {Boolean(trouble) && orders.length > 0 && (
        <Notice kind="info" title={explain(trouble).title}>
          <p>What you see may be old. We keep trying.</p>
        </Notice>
      )}
      {Boolean(trouble) && orders.length === 0 && <Failure error={trouble} onRetry={feed.wake} />}
      <Group title="Open" orders={orders.filter(({ status }) => !isFinal(status))} />
      <Group title="Past" orders={orders.filter(({ status }) => isFinal(status))} />
      {((!loaded && !trouble) || older.loading) && <Skeleton label="Your orders are loading" count={3} shape="row" />}
      {Boolean(older.error) && <Failure error={older.error} />}
      {loaded && !trouble && orders.length === 0 && <Empty text="You have not ordered anything yet." />}
      {cursor !== undefined && !older.loading && (
        <button type="button" class="button button-quiet" onClick={older.more}>
          Show older orders
        </button>
      )}
    </div>
  );
}

function Group({ title, orders }: { title: string; orders: readonly Order[] }) {
  if (orders.length === 0) return null;
  return (
    <section aria-labelledby={`orders-${title}`}>
      <h2 id={`orders-${title}`}>{title}</h2>
      <ul class="order-list">
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
    </section>
  );
}

function useSeen(orders: readonly Order[]) {
  const { saw } = useShop();
  useEffect(() => orders.forEach(saw), [orders, saw]);
}
