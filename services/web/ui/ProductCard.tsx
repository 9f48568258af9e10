import type { Product } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { leftOver } from "../menu/menu.ts";
import { pictureOf } from "../pictures/pictures.ts";
import { CardQuantity } from "./CardQuantity.tsx";
import { Picture } from "./Picture.tsx";

export function ProductCard({ product }: { product: Product }) {
  const left = leftOver(product.available);
  return (
    <li class={`card card-${left.level}`}>
      <div class="card-head">
        <span class="card-picture">
          <Picture name={pictureOf(product)} size={52} />
        </span>
        <div class="card-words">
          <h3>{product.name}</h3>
          <p class="card-description">{product.description}</p>
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
