import { type CartLine, maxQuantity, setQuantity } from "../cart/cart.ts";
import { formatMoney } from "../format/money.ts";
import { Stepper } from "./Stepper.tsx";
import { useShop } from "./useShop.ts";

export function CartLineRow({ line, onRemoved }: { line: CartLine; onRemoved(): void }) {
  const { cart, announcement } = useShop();
  const { product, quantity, price } = line;
  const change = (next: number) => {
    cart.set(setQuantity(cart.get(), product.id, next));
    announcement.set(next > 0 ? `${next} ${product.name}` : `${product.name} taken out of your cart`);
  };
  return (
    <li class="cart-line">
      <span class="cart-line-name">
        <span class="emoji" aria-hidden="true">
          {product.emoji}
        </span>{" "}
        {product.name}
      </span>
      <span class="price">{formatMoney(price)}</span>
      <Stepper name={product.name} value={quantity} min={1} max={maxQuantity} onChange={change} />
      <button
        type="button"
        class="link-button"
        aria-label={`Remove ${product.name}`}
        onClick={() => {
          change(0);
          onRemoved();
        }}
      >
        Remove
      </button>
      {quantity > product.available && (
        <p class="cart-line-hint">{product.available > 0 ? `Only ${product.available} left` : "Sold out by now"}</p>
      )}
    </li>
  );
}
