import { useRef } from "preact/hooks";
import { linesOf, totalOf } from "../cart/cart.ts";
import { words } from "../language/language.ts";
import { CartLineRow } from "./CartLineRow.tsx";
import { GuestName } from "./GuestName.tsx";
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
        {words.cart.heading}
      </h2>
      {cart.size === 0 && <p class="cart-empty">{words.cart.empty}</p>}
      {failure && <OrderFailure failure={failure} onAdjusted={() => heading.current?.focus()} />}
      {lines.length > 0 && (
        <>
          <ul class="cart-lines">
            {lines.map((line) => (
              <CartLineRow key={line.product.id} line={line} onRemoved={() => heading.current?.focus()} />
            ))}
          </ul>
          <GuestName />
          <div class="cart-foot">
            <p class="cart-total">
              <span>{words.cart.total}</span>
              <Price amounts={totalOf(lines)} />
            </p>
            <button
              type="button"
              class="button button-wide button-place"
              aria-disabled={placing || closed !== undefined}
              onClick={place}
            >
              {placing ? words.cart.placing : wordsOf(failure)}
            </button>
            <p class="cart-hint">{closed === undefined ? words.cart.hint : words.cart.closed}</p>
          </div>
        </>
      )}
    </div>
  );
}

function wordsOf(failure: Refusal | undefined): string {
  if (failure?.passing) return words.tryAgain;
  return failure?.priceChanges.length ? words.cart.placeAtNewPrices : words.cart.place;
}
