import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Product } from "../api/types.ts";
import { mostOfNote, withNote } from "../cart/wishes.ts";
import { words } from "../language/language.ts";
import { useShop, useStore } from "./useShop.ts";

/** What the guest asks of the kitchen for one dish: a button until it is wanted, then a line to write on. */
export function useLineNote({ id, name }: Product) {
  const { wishes } = useShop();
  const note = useStore(wishes).notes[id] ?? "";
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (asked) field.current?.focus();
  }, [asked]);
  if (!asked && note === "")
    return {
      button: (
        <button
          type="button"
          class="link-button"
          aria-label={words.cart.noteAddOf(name)}
          onClick={() => setAsked(true)}
        >
          {words.cart.noteAdd}
        </button>
      ),
    };
  return {
    line: (
      <label class="line-note">
        <span class="visually-hidden">{words.cart.noteOf(name)}</span>
        <input
          ref={field}
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={mostOfNote}
          placeholder={words.cart.noteHint}
          value={note}
          // Also who erases a kept note is still writing.
          onFocus={() => setAsked(true)}
          onInput={(event) => wishes.set(withNote(wishes.get(), id, event.currentTarget.value))}
        />
      </label>
    ),
  };
}
