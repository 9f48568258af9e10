import type { Product } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { leftOver } from "../menu/menu.ts";
import { CardQuantity } from "./CardQuantity.tsx";
import { Contains } from "./Contains.tsx";
import { DishPicture } from "./DishPicture.tsx";

export function ProductCard({ product }: { product: Product }) {
  const left = leftOver(product.available);
  return (
    <li class={`card card-${left.level}`}>
      <div class="card-head">
        <span class="card-picture">
          <DishPicture product={product} size={52} />
        </span>
        <div class="card-words">
          <h3 dir="auto">{product.name}</h3>
          <p class="card-description" dir="auto">
            {product.description}
          </p>
          <Contains allergens={product.allergens} />
        </div>
      </div>
      <div class="card-foot">
        <p class="card-facts">
          <span class="price">{formatMoney(product.unitPrice)}</span>
          {left.level !== "none" && <span class={`left left-${left.level}`}>{left.text}</span>}
        </p>
        <CardQuantity product={product} />
      </div>
    </li>
  );
}
