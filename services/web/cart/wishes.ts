import type { OrderItem } from "../api/types.ts";
import type { Cart } from "./cart.ts";
import type { KeyValue } from "./storage.ts";

/** What a guest says beside the cart: a note for the kitchen by product id, and what they want to be called. */
export type Wishes = { notes: Readonly<Record<string, string>>; guestName: string };

export const wishesKey = "gorder.wishes";
export const noWishes: Wishes = { notes: {}, guestName: "" };

/** The server's own limits. */
export const [mostOfNote, mostOfName] = [140, 60];

/** A text as the server takes it: in one line, without what nobody sees. */
export function oneLine(typed: string, most: number): string {
  return typed.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, " ").slice(0, most);
}

/** With another note for a dish; an empty one is none. */
export function withNote(wishes: Wishes, productId: string, typed: string): Wishes {
  const { [productId]: _, ...others } = wishes.notes;
  const note = oneLine(typed, mostOfNote);
  return { ...wishes, notes: note === "" ? others : { ...others, [productId]: note } };
}

/** With the notes of an earlier order for the dishes that have none. */
export function withNotesOf(wishes: Wishes, items: readonly OrderItem[]): Wishes {
  return items.reduce(
    (known, { productId, note }) =>
      note && known.notes[productId] === undefined ? withNote(known, productId, note) : known,
    wishes,
  );
}

/** Without notes on what is not in the cart any more. */
export function keepNotes(wishes: Wishes, cart: Cart): Wishes {
  const kept = Object.entries(wishes.notes).filter(([id]) => cart.has(id));
  return kept.length === Object.keys(wishes.notes).length ? wishes : { ...wishes, notes: Object.fromEntries(kept) };
}

/** What was kept by an earlier visit; what of it is not sound is dropped. */
export function readWishes(storage: KeyValue): Wishes {
  try {
    const { notes = {}, guestName } = JSON.parse(storage.getItem(wishesKey) ?? "{}") as Partial<
      Record<string, unknown>
    >;
    const sound = Object.entries(notes as object).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    const named = { ...noWishes, guestName: typeof guestName === "string" ? oneLine(guestName, mostOfName) : "" };
    return sound.reduce((known, [id, note]) => withNote(known, id, note), named as Wishes);
  } catch {
    return noWishes;
  }
}

export function writeWishes(storage: KeyValue, wishes: Wishes): void {
  storage.setItem(wishesKey, JSON.stringify(wishes));
}
