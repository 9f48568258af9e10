import { useEffect } from "preact/hooks";
import type { Order } from "../api/types.ts";
import { words } from "../language/language.ts";
import { isFinal } from "../order/status.ts";
import { explain } from "../words.ts";
import { Empty } from "./Empty.tsx";
import { Failure, Notice } from "./Notice.tsx";
import { OrderRow } from "./OrderRow.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { useOlderOrders, useOrders } from "./useOrders.ts";
import { useShop } from "./useShop.ts";
import { useShopTitle } from "./useShopTitle.ts";

/** Open orders as they move, and past ones below them. */
export function OrdersPage() {
  useShopTitle(words.yourOrders);
  const feed = useShop().orders;
  const { orders, loaded, trouble, cursor } = useOrders();
  const older = useOlderOrders();
  useSeen(orders);
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{words.yourOrders}</h1>
      {Boolean(trouble) && orders.length > 0 && (
        <Notice kind="info" title={explain(trouble).title}>
          <p>{words.old}</p>
        </Notice>
      )}
      {Boolean(trouble) && orders.length === 0 && <Failure error={trouble} onRetry={feed.wake} />}
      <Group id="open" title={words.orders.open} orders={orders.filter(({ status }) => !isFinal(status))} />
      <Group id="past" title={words.orders.past} orders={orders.filter(({ status }) => isFinal(status))} />
      {((!loaded && !trouble) || older.loading) && <Skeleton label={words.orders.loading} count={3} shape="row" />}
      {Boolean(older.error) && <Failure error={older.error} />}
      {loaded && !trouble && orders.length === 0 && <Empty text={words.orders.none} />}
      {cursor !== undefined && !older.loading && (
        <button type="button" class="button button-quiet" onClick={older.more}>
          {words.orders.older}
        </button>
      )}
    </div>
  );
}

function Group({ id, title, orders }: { id: string; title: string; orders: readonly Order[] }) {
  if (orders.length === 0) return null;
  return (
    <section aria-labelledby={`orders-${id}`}>
      <h2 id={`orders-${id}`}>{title}</h2>
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
