import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { words } from "../language/language.ts";
import { paidName } from "../menu/translated.ts";
import { useDishNames } from "./useDishNames.ts";

/** What was ordered, in the page's words beside those of the payment page; on the receipt, in the latter alone. */
export function OrderItems({ order }: { order: Order }) {
  const nameOf = useDishNames();
  return (
    <section aria-labelledby="items-heading" class="order-items">
      <h2 id="items-heading">{words.order.items}</h2>
      <ul>
        {order.items.map(({ quantity, unitPrice, note, ...item }) => (
          <li key={item.productId}>
            <span>
              <span class="times">{quantity} ×</span> <ItemName shown={nameOf(item)} paid={paidName(item)} />
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

function ItemName({ shown, paid }: { shown: string; paid: string }) {
  if (plain(shown) === plain(paid)) return <span dir="auto">{paid}</span>;
  return (
    <>
      <span class="item-translated" dir="auto">
        {shown}
      </span>
      <span class="item-paid" dir="auto">
        {paid}
      </span>
    </>
  );
}

/** "Miso-Ramen" and "Miso ramen" need not both be read. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ");
}
