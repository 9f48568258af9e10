import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Product } from "../api/types.ts";
import { maxLines, mostOf, setQuantity } from "../cart/cart.ts";
import { words } from "../language/language.ts";
import { Stepper } from "./Stepper.tsx";
import { useShop, useStore } from "./useShop.ts";

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
    if (isFull) return announcement.set(words.cart.notAdded(product.name, words.cart.full(maxLines)));
    swapped.current = next > 0 !== quantity > 0;
    cart.set(changed);
    announcement.set(next > 0 ? words.cart.inCart(next, product.name) : words.cart.takenOut(product.name));
  };
  useLayoutEffect(() => {
    if (!swapped.current) return;
    swapped.current = false;
    place.current?.querySelector<HTMLElement>("button:last-of-type")?.focus();
  });

  if (quantity === 0 && product.available <= 0) return <p class="card-quantity sold-out">{words.dishes.soldOut}</p>;
  return (
    <div class="card-quantity" ref={place}>
      {quantity > 0 ? (
        <Stepper name={product.name} value={quantity} min={0} {...mostOf(product, quantity)} onChange={change} />
      ) : (
        <button
          type="button"
          class="button button-add"
          onClick={() => change(1)}
          aria-label={words.dishes.addOf(product.name)}
        >
          {words.dishes.add}
        </button>
      )}
      {refused && content.size >= maxLines && quantity === 0 && (
        <p class="stepper-limit">{words.cart.full(maxLines)}</p>
      )}
    </div>
  );
}
