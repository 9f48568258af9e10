import type { FoundOrder } from "#common/genproto/staff/v1/staff_pb";
import { amountText } from "../../money/amount.ts";
import { orderPath } from "../../routing/route.ts";
import { withHash } from "../kitchen/TicketCard.tsx";
import { Link } from "../Link.tsx";
import { StatusChip } from "../StatusChip.tsx";
import { When } from "../When.tsx";

/** An order in one row. */
export function FoundRow({ found: { order, number } }: { found: FoundOrder }) {
  if (!order) return null;
  return (
    <li>
      <Link href={orderPath(order.id)} class="found-row">
        <strong class="found-number">{withHash(number)}</strong>
        <StatusChip status={order.status} />
        <span class="found-items">
          {order.guestName && `${order.guestName}: `}
          {order.items.map(({ quantity, name }) => `${quantity} × ${name}`).join(", ")}
        </span>
        <span class="found-when">
          <When at={order.createdAt} />
        </span>
        <span class="price">{amountText(order.total)}</span>
      </Link>
    </li>
  );
}
