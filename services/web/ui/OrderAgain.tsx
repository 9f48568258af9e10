import type { Order } from "../api/types.ts";
import { orderAgain } from "../cart/orderAgain.ts";
import { keepNotes, withNotesOf } from "../cart/wishes.ts";
import { words } from "../language/language.ts";
import { orderNumber } from "../order/words.ts";
import { useShop } from "./useShop.ts";

/** Fills the cart with an order's dishes and leads to it. `quiet` = one of many on the page. */
export function OrderAgain({ order, quiet = false }: { order: Order; quiet?: boolean }) {
  const { cart, wishes, menu, navigator, announcement, leftOut } = useShop();
  async function again() {
    await menu.refresh();
    const now = menu.store.get();
    if (now.state === "ready") {
      const filled = orderAgain(cart.get(), order.items, now.products);
      cart.set(filled.cart);
      wishes.set(keepNotes(withNotesOf(wishes.get(), order.items), filled.cart));
      leftOut.set(filled.leftOut);
      announcement.set([words.again.filled, ...filled.leftOut].join(" "));
    }
    navigator.go("/");
  }
  return (
    <button
      type="button"
      class={quiet ? "link-button" : "button"}
      aria-label={quiet ? words.again.buttonOf(orderNumber(order.id)) : undefined}
      onClick={again}
    >
      {words.again.button}
    </button>
  );
}
