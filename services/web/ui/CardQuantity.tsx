import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Product } from "../api/types.ts";
import { maxLines, mostOf, setQuantity } from "../cart/cart.ts";
import { Stepper } from "./Stepper.tsx";
import { useShop, useStore } from "./useShop.ts";

const full = `Your cart is full: ${maxLines} different dishes are the most.`;

/** "Add", and once something is in the cart the stepper in its place; the focus stays where the finger is. */
export function CardQuantity({ product }: { product: Product }) {
  const { cart, announcement } = useShop();
  const content = useStore(cart);
  const quantity = content.get(product.id) ?? 0;
  const place = useRef<HTMLDivElement>(null);
  const swapped = useRef(false);
  const [refused, setRefused] = useState(false);
  const change = (next: number) => {
    const changed = setQuantity(cart.get(), product.id, next);
    const isFull = changed === cart.get();
    setRefused(isFull);
    if (isFull) return announcement.set(`${product.name} was not added. ${full}`);
    swapped.current = next > 0 !== quantity > 0;
    cart.set(changed);
    announcement.set(next > 0 ? `${next} ${product.name} in your cart` : `${product.name} taken out of your cart`);
  };
  useLayoutEffect(() => {
    if (!swapped.current) return;
    swapped.current = false;
    place.current?.querySelector<HTMLElement>("button:last-of-type")?.focus();
  });

  if (quantity === 0 && product.available <= 0) return <p class="card-quantity sold-out">Sold out</p>;
  return (
    <div class="card-quantity" ref={place}>
      {quantity > 0 ? (
        <Stepper name={product.name} value={quantity} min={0} {...mostOf(product, quantity)} onChange={change} />
      ) : (
        <button type="button" class="button button-add" onClick={() => change(1)} aria-label={`Add ${product.name}`}>
          Add
        </button>
      )}
      {refused && content.size >= maxLines && quantity === 0 && <p class="stepper-limit">{full}</p>}
    </div>
  );
}
