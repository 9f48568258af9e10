import { useState } from "preact/hooks";
import { words } from "../language/language.ts";
import { useShop } from "./useShop.ts";

type Props = {
  name: string;
  value: number;
  min: number;
  max: number;
  /** Why there cannot be more, in words. */
  limit: string;
  onChange(value: number): void;
};

/** One fewer, a number that can be typed, one more. A number above the limit is corrected, and the limit is named. */
export function Stepper({ name, value, min, max, limit, onChange }: Props) {
  const { announcement } = useShop();
  const [atLimit, setAtLimit] = useState(false);
  const set = (wanted: number) => {
    const next = Math.min(Math.max(wanted, min), max);
    setAtLimit(wanted > max);
    if (next !== value) onChange(next);
    // After what the change itself announced, as this is what is left to say.
    if (wanted > max) announcement.set(`${limit} ${name}: ${next}`);
  };
  return (
    <fieldset class="stepper-field" aria-label={words.cart.quantityOf(name)}>
      <div class="stepper">
        <button
          type="button"
          aria-label={words.cart.oneFewer(name)}
          aria-disabled={value <= min}
          onClick={() => set(value - 1)}
        >
          −
        </button>
        <input
          type="text"
          inputMode="numeric"
          autocomplete="off"
          maxLength={6}
          value={value}
          aria-label={words.cart.quantityOf(name)}
          onChange={(event) => {
            const typed = event.currentTarget.value.trim();
            const isSound = /^\d+$/.test(typed) && Number(typed) >= Math.max(min, 1);
            // The field shows what counts, also when that is what it was before.
            event.currentTarget.value = String(isSound ? Math.min(Number(typed), max) : value);
            if (isSound) set(Number(typed));
          }}
        />
        <button
          type="button"
          aria-label={words.cart.oneMore(name)}
          aria-disabled={value >= max}
          onClick={() => set(value + 1)}
        >
          +
        </button>
      </div>
      {atLimit && value >= max && <p class="stepper-limit">{limit}</p>}
    </fieldset>
  );
}
