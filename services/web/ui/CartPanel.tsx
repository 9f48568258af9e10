import { useRef } from "preact/hooks";
import { linesOf, totalOf } from "../cart/cart.ts";
import { CartLineRow } from "./CartLineRow.tsx";
import { OrderFailure } from "./OrderFailure.tsx";
import { Price } from "./Price.tsx";
import { type OrderFailure as Refusal, usePlaceOrder } from "./usePlaceOrder.ts";
import { useShop, useStore } from "./useShop.ts";

export function CartPanel() {
  const shop = useShop();
  const cart = useStore(shop.cart);
  const menu = useStore(shop.menu.store);
  const { placing, failure, closed, place } = usePlaceOrder();
  const heading = useRef<HTMLHeadingElement>(null);
  const lines = menu.state === "ready" ? linesOf(cart, menu.products) : [];

  return (
    <div class="cart" aria-busy={placing}>
      <h2 id="cart-heading" tabIndex={-1} ref={heading}>
        Your cart
      </h2>
      {cart.size === 0 && <p class="cart-empty">Nothing in here yet. Add something that smells good.</p>}
      {failure && <OrderFailure failure={failure} onAdjusted={() => heading.current?.focus()} />}
      {lines.length > 0 && (
        <>
          <ul class="cart-lines">
            {lines.map((line) => (
              <CartLineRow key={line.product.id} line={line} onRemoved={() => heading.current?.focus()} />
            ))}
          </ul>
          <div class="cart-foot">
            <p class="cart-total">
              <span>Total</span>
              <Price amounts={totalOf(lines)} />
            </p>
            <button
              type="button"
              class="button button-wide button-place"
              aria-disabled={placing || closed !== undefined}
              onClick={place}
            >
              {placing ? "Placing your order…" : wordsOf(failure)}
            </button>
            <p class="cart-hint">
              {closed === undefined
                ? "You pay on the next page. The kitchen starts once it is paid."
                : "We take no orders right now. Your cart stays as it is."}
            </p>
          </div>
        </>
      )}
    </div>
  );
}

function wordsOf(failure: Refusal | undefined): string {
  if (failure?.passing) return "Try again";
  return failure?.priceChanges.length ? "Order at the new prices" : "Place order";
}
