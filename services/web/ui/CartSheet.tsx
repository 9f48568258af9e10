import { useState } from "preact/hooks";
import { countOf, linesOf, totalOf } from "../cart/cart.ts";
import { words } from "../language/language.ts";
import { CartPanel } from "./CartPanel.tsx";
import { Dialog } from "./Dialog.tsx";
import { Price } from "./Price.tsx";
import { useShop, useStore } from "./useShop.ts";

/** The cart on a phone: a bar that stays in sight, and the whole of it in a sheet. */
export function CartSheet() {
  const shop = useShop();
  const cart = useStore(shop.cart);
  const menu = useStore(shop.menu.store);
  const [open, setOpen] = useState(false);
  const count = countOf(cart);
  return (
    <>
      {count > 0 && (
        <div class="cart-bar">
          <button type="button" class="button button-wide" onClick={() => setOpen(true)}>
            <span>{words.cart.view}</span>
            <span class="cart-bar-count">{words.cart.items(count)}</span>
            {menu.state === "ready" && <Price amounts={totalOf(linesOf(cart, menu.products))} />}
          </button>
        </div>
      )}
      <Dialog open={open} onClose={() => setOpen(false)} labelledBy="cart-heading" class="sheet">
        <CartPanel />
      </Dialog>
    </>
  );
}
