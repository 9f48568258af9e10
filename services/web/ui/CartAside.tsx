import { CartPanel } from "./CartPanel.tsx";

/** The cart beside the menu, where there is room. */
export function CartAside() {
  return (
    <aside class="cart-aside" aria-labelledby="cart-heading">
      <CartPanel />
    </aside>
  );
}
