import { useId } from "preact/hooks";
import { mostOfName, oneLine } from "../cart/wishes.ts";
import { words } from "../language/language.ts";
import { useShop, useStore } from "./useShop.ts";

/** What the guest wants to be called; nobody has to say. */
export function GuestName() {
  const id = useId();
  const { wishes } = useShop();
  const { guestName } = useStore(wishes);
  return (
    <div class="guest-name">
      <label for={id}>{words.cart.guestName}</label>
      <input
        id={id}
        type="text"
        autocomplete="given-name"
        maxLength={mostOfName}
        value={guestName}
        aria-describedby={`${id}-hint`}
        onInput={(event) => wishes.set({ ...wishes.get(), guestName: oneLine(event.currentTarget.value, mostOfName) })}
      />
      <p class="guest-name-hint" id={`${id}-hint`}>
        {words.cart.guestNameHint}
      </p>
    </div>
  );
}
