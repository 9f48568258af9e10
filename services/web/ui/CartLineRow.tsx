import { type CartLine, mostOf, setQuantity } from "../cart/cart.ts";
import { formatMoney } from "../format/money.ts";
import { words } from "../language/language.ts";
import { DishPicture } from "./DishPicture.tsx";
import { useLineNote } from "./LineNote.tsx";
import { Stepper } from "./Stepper.tsx";
import { useShop } from "./useShop.ts";

export function CartLineRow({ line, onRemoved }: { line: CartLine; onRemoved(): void }) {
  const { cart, announcement } = useShop();
  const { product, quantity, price } = line;
  const note = useLineNote(product);
  const change = (next: number) => {
    cart.set(setQuantity(cart.get(), product.id, next));
    announcement.set(next > 0 ? words.cart.changed(next, product.name) : words.cart.takenOut(product.name));
  };
  return (
    <li class="cart-line">
      <span class="cart-line-name">
        <DishPicture product={product} size={28} /> <span dir="auto">{product.name}</span>
      </span>
      <span class="price">{formatMoney(price)}</span>
      <div class="cart-line-acts">
        <Stepper name={product.name} value={quantity} min={1} {...mostOf(product, quantity)} onChange={change} />
        {note.button}
        <button
          type="button"
          class="link-button"
          aria-label={words.cart.removeOf(product.name)}
          onClick={() => {
            change(0);
            onRemoved();
          }}
        >
          {words.cart.remove}
        </button>
      </div>
      {note.line}
      {quantity > product.available && (
        <p class="cart-line-hint">
          {product.available > 0 ? words.cart.onlyLeft(product.available) : words.cart.soldOutByNow}
        </p>
      )}
    </li>
  );
}
