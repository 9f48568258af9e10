import { useLayoutEffect, useRef } from "preact/hooks";
import type { Product } from "../api/types.ts";
import { maxQuantity, setQuantity } from "../cart/cart.ts";
import { formatMoney } from "../format/money.ts";
import { leftOver } from "../menu/menu.ts";
import { Stepper } from "./Stepper.tsx";
import { useShop, useStore } from "./useShop.ts";

export function ProductCard({ product }: { product: Product }) {
  const left = leftOver(product.available);
  return (
    <li class={`card card-${left.level}`}>
      <span class="card-emoji emoji" aria-hidden="true">
        {product.emoji}
      </span>
      <div class="card-words">
        <h3>{product.name}</h3>
        <p class="card-description">{product.description}</p>
      </div>
      <p class="card-facts">
        <span class="price">{formatMoney(product.unitPrice)}</span>
        <span class={`left left-${left.level}`}>{left.text}</span>
      </p>
      <CardQuantity product={product} />
    </li>
  );
}

/** "Add", and once something is in the cart the stepper in its place; the focus stays where the finger is. */
function CardQuantity({ product }: { product: Product }) {
  const { cart, announcement } = useShop();
  const quantity = useStore(cart).get(product.id) ?? 0;
  const place = useRef<HTMLDivElement>(null);
  const swapped = useRef(false);
  const change = (next: number) => {
    swapped.current = next > 0 !== quantity > 0;
    cart.set(setQuantity(cart.get(), product.id, next));
    announcement.set(next > 0 ? `${next} ${product.name} in your cart` : `${product.name} taken out of your cart`);
  };
  useLayoutEffect(() => {
    if (!swapped.current) return;
    swapped.current = false;
    place.current?.querySelector<HTMLElement>("button:last-of-type")?.focus();
  });

  return (
    <div class="card-quantity" ref={place}>
      {quantity > 0 ? (
        <Stepper
          name={product.name}
          value={quantity}
          min={0}
          max={Math.min(maxQuantity, Math.max(product.available, quantity))}
          onChange={change}
        />
      ) : (
        <button
          type="button"
          class="button button-add"
          disabled={product.available <= 0}
          onClick={() => change(1)}
          aria-label={`Add ${product.name}`}
        >
          Add
        </button>
      )}
    </div>
  );
}
