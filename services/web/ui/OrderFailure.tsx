import { fitToStock } from "../cart/cart.ts";
import { inWords } from "../cart/shortages.ts";
import { Failure, Notice } from "./Notice.tsx";
import type { OrderFailure as Refusal } from "./usePlaceOrder.ts";
import { useShop, useStore } from "./useShop.ts";

/** Why the order was not taken; what ran out is named, with an offer to order what is left. */
export function OrderFailure({ failure, onAdjusted }: { failure: Refusal; onAdjusted(): void }) {
  const { cart, menu } = useShop();
  const now = useStore(menu.store);
  if (failure.shortages.length === 0) return <Failure error={failure.error} />;
  const products = now.state === "ready" ? now.products : [];
  return (
    <Notice kind="warn" title="Some dishes just ran out">
      <ul>
        {failure.shortages.map((shortage) => (
          <li key={shortage.productId}>{inWords(shortage, products)}</li>
        ))}
      </ul>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          cart.set(fitToStock(cart.get(), failure.shortages));
          onAdjusted();
        }}
      >
        Adjust my cart
      </button>
    </Notice>
  );
}
