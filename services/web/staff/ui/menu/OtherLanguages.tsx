import { useState } from "preact/hooks";
import { oneLine } from "../../menu/oneLine.ts";
import { type Translations, translatedTexts } from "../../menu/translations.ts";
import { Field } from "../Field.tsx";

type Props = { texts: Translations; onChange(change: Partial<Translations>): void };

const mostOf = { name: 200, description: 1_000, category: 100 };

/** A dish's words for guests who read another language than the menu's own; shown to who asks for them. */
export function OtherLanguages({ texts, onChange }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details class="other-languages" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>In other languages</summary>
      {open && (
        <>
          <p class="field-hint">
            Guests read the words above where nothing is written here. Ticket and receipt keep them in any case.
          </p>
          <div class="dish-fields">
            {translatedTexts.map(({ field, word, label }) => (
              <Field
                key={field}
                label={label}
                long={word === "description"}
                maxLength={mostOf[word]}
                value={texts[field]}
                onChange={(text) => onChange({ [field]: oneLine(text) })}
              />
            ))}
          </div>
        </>
      )}
    </details>
  );
}
