import type { Order } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { words } from "../language/language.ts";

export function OrderItems({ order }: { order: Order }) {
  return (
    <section aria-labelledby="items-heading" class="order-items">
      <h2 id="items-heading">{words.order.items}</h2>
      <ul>
        {order.items.map(({ productId, name, quantity, unitPrice, note }) => (
          <li key={productId}>
            <span>
              <span class="times">{quantity} ×</span> {name}
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
