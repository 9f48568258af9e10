import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { words } from "../language/language.ts";
import { useDishNames } from "./useDishNames.ts";

/** What was ordered, in the page's words beside those that the kitchen has; on the receipt, in the latter alone. */
export function OrderItems({ order }: { order: Order }) {
  const nameOf = useDishNames();
  return (
    <section aria-labelledby="items-heading" class="order-items">
      <h2 id="items-heading">{words.order.items}</h2>
      <ul>
        {order.items.map(({ productId, name, quantity, unitPrice, note }) => (
          <li key={productId}>
            <span>
              <span class="times">{quantity} ×</span> <ItemName shown={nameOf({ productId, name })} onTicket={name} />
              {note && (
                <span class="item-note" dir="auto">
                  {note}
                </span>
              )}
            </span>
            <span class="price">{formatMoney({ ...unitPrice, amount: unitPrice.amount * quantity })}</span>
          </li>
        ))}
      </ul>
      <p class="cart-total">
        <span>{words.cart.total}</span>
        <span class="price">{formatMoney(order.total)}</span>
      </p>
    </section>
  );
}

function ItemName({ shown, onTicket }: { shown: string; onTicket: string }) {
  if (plain(shown) === plain(onTicket)) return <span dir="auto">{onTicket}</span>;
  return (
    <>
      <span class="item-translated" dir="auto">
        {shown}
      </span>
      <span class="item-on-ticket" dir="auto">
        {onTicket}
      </span>
    </>
  );
}

/** "Miso-Ramen" and "Miso ramen" need not both be read. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ");
}
