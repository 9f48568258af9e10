import type { DishText } from "../../menu/changes.ts";
import { oneLine } from "../../menu/oneLine.ts";
import { Field } from "../Field.tsx";
import { Contains } from "./Contains.tsx";
import { OtherLanguages } from "./OtherLanguages.tsx";

/** A dish as it is typed. */
export type DishForm = DishText & { price: string };

type Props = { form: DishForm; categories: readonly string[]; onChange(form: DishForm): void };

export function DishFields({ form, categories, onChange }: Props) {
  const set = (change: Partial<DishForm>) => onChange({ ...form, ...change });
  return (
    <div class="dish-fields">
      <Field label="Name" value={form.name} maxLength={120} onChange={(name) => set({ name })} />
      <Field
        label={`Price in ${form.currency.toUpperCase()}`}
        inputMode="decimal"
        value={form.price}
        onChange={(price) => set({ price })}
      />
      <Field
        label="Description"
        long
        value={form.description}
        maxLength={1000}
        onChange={(description) => set({ description: oneLine(description) })}
      />
      <Field
        label="Category"
        value={form.category}
        maxLength={60}
        onChange={(category) => set({ category })}
        hint={categories.length > 0 ? `So far: ${categories.join(", ")}` : ""}
      />
      <Field
        label="Place on the menu"
        inputMode="numeric"
        value={String(form.position)}
        onChange={(typed) => set({ position: Number(typed.replaceAll(/\D/g, "").slice(0, 6)) })}
        hint="Smaller numbers come first."
      />
      <Contains contains={form.contains} onChange={(contains) => set({ contains })} />
      <Field
        label="Picture"
        value={form.image}
        maxLength={500}
        onChange={(image) => set({ image: image.trim() })}
        hint="An https address on a host that the shop's settings allow, or empty for a drawing."
      />
      <OtherLanguages texts={form} onChange={set} />
      <label class="check">
        <input
          type="checkbox"
          checked={form.hidden}
          onChange={(event) => set({ hidden: event.currentTarget.checked })}
        />
        Hidden: not on the menu
      </label>
    </div>
  );
}
