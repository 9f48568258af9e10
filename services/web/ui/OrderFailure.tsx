import { fitToStock } from "../cart/cart.ts";
import { priceInWords } from "../cart/prices.ts";
import { inWords } from "../cart/shortages.ts";
import { words } from "../language/language.ts";
import { Failure, Notice } from "./Notice.tsx";
import type { OrderFailure as Refusal } from "./usePlaceOrder.ts";
import { useShop, useStore } from "./useShop.ts";

/** Why the order was not taken; what ran out is named, with an offer to order what is left; so is what costs more now. */
export function OrderFailure({ failure, onAdjusted }: { failure: Refusal; onAdjusted(): void }) {
  const { cart, menu } = useShop();
  const now = useStore(menu.store);
  const products = now.state === "ready" ? now.products : [];
  if (failure.priceChanges.length > 0)
    return (
      <Notice kind="warn" title={words.refused.pricesTitle}>
        <ul>
          {failure.priceChanges.map((change) => (
            <li key={change.productId}>{priceInWords(change, products)}</li>
          ))}
        </ul>
        <p>{words.refused.pricesText}</p>
      </Notice>
    );
  if (failure.shortages.length === 0) return <Failure error={failure.error} />;
  return (
    <Notice kind="warn" title={words.refused.shortTitle}>
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
        {words.refused.adjust}
      </button>
    </Notice>
  );
}
