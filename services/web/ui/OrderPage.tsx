import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, isPassing } from "../api/errors.ts";
import type { Order } from "../api/types.ts";
import { formatDate, formatTime } from "../format/time.ts";
import { words } from "../language/language.ts";
import { estimateWords } from "../order/estimate.ts";
import { isCancellable, isFinal } from "../order/status.ts";
import { orderNumber, statusWords } from "../order/words.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";
import { explain } from "../words.ts";
import { CancelOrder } from "./CancelOrder.tsx";
import { Link } from "./Link.tsx";
import { Failure, Notice } from "./Notice.tsx";
import { OrderAgain } from "./OrderAgain.tsx";
import { OrderElsewhere } from "./OrderElsewhere.tsx";
import { OrderItems } from "./OrderItems.tsx";
import { PayBox } from "./PayBox.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { Timeline } from "./Timeline.tsx";
import { useNow } from "./useNow.ts";
import { useOrder } from "./useOrder.ts";
import { useShop } from "./useShop.ts";
import { useShopTitle } from "./useShopTitle.ts";

export function OrderPage({ orderId, back }: { orderId: string; back: PaymentReturn | undefined }) {
  const { order, trouble, update, retry } = useOrder(orderId);
  useShopTitle(order ? statusWords(order, back).title : words.order.title);
  if (order) return <OrderView order={order} back={back} trouble={trouble} update={update} />;
  if (trouble instanceof ApiError && trouble.status === 404) return <OrderElsewhere orderId={orderId} back={back} />;
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{words.order.title}</h1>
      {trouble ? (
        <Failure error={trouble} onRetry={isPassing(trouble) ? retry : undefined} />
      ) : (
        <Skeleton label={words.order.loading} count={3} shape="row" />
      )}
      {Boolean(trouble) && <Link href="/orders">{words.yourOrders}</Link>}
    </div>
  );
}

type ViewProps = { order: Order; back: PaymentReturn | undefined; trouble: unknown; update(order: Order): void };

function OrderView({ order, back, trouble, update }: ViewProps) {
  const now = useNow();
  const { title, text } = statusWords(order, back, now);
  const estimate = estimateWords(order, now);
  const hasFailed = isFinal(order.status) && order.status !== "ready";
  useAnnouncedMoves(order, sentences(title, text));
  const [cancelled, setCancelled] = useState<Order>();
  const heading = useRef<HTMLHeadingElement>(null);
  // What became of it stands at the top, and the question was asked at the foot; by now nothing lies over the page.
  useEffect(() => {
    if (!cancelled) return;
    update(cancelled);
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [cancelled, update]);
  return (
    <div class="narrow order-page">
      <p class="eyebrow">
        {words.order.number(orderNumber(order.id))} · {formatTime(order.createdAt, new Date())}
        <span class="on-paper"> · {formatDate(order.createdAt)}</span>
        {order.guestName && ` · ${words.order.for(order.guestName)}`}
      </p>
      <div class={`status status-${order.status}`}>
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        <p>{text}</p>
        {estimate && <p class="estimate">{estimate}</p>}
      </div>
      {Boolean(trouble) && (
        <Notice kind="info" title={explain(trouble).title}>
          <p>{words.old}</p>
        </Notice>
      )}
      <PayBox order={order} back={back} update={update} />
      {hasFailed && <OrderAgain order={order} />}
      <Timeline order={order} />
      <OrderItems order={order} />
      <div class="order-actions">
        {isFinal(order.status) && !hasFailed && <OrderAgain order={order} />}
        {isCancellable(order.status) && back !== "done" && <CancelOrder order={order} onCancelled={setCancelled} />}
        <Link href="/">{words.backToMenu}</Link>
      </div>
    </div>
  );
}

/** A headline and what follows it, as they are spoken. */
function sentences(title: string, text: string): string {
  return /[.!?]$/.test(title) ? `${title} ${text}` : `${title}. ${text}`;
}

/** Says aloud every move after the first sight. */
function useAnnouncedMoves(order: Order, moved: string) {
  const { announcement } = useShop();
  const known = useRef(order.status);
  useEffect(() => {
    if (known.current === order.status) return;
    known.current = order.status;
    announcement.set(moved);
  }, [order.status, moved, announcement]);
}
