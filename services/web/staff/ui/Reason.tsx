import { useId } from "preact/hooks";

type Props = { value: string; quick: readonly string[]; onChange(value: string): void };

/** Why somebody acts, in their words or in one touch. */
export function Reason({ value, quick, onChange }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>Reason</label>
      <input
        id={id}
        value={value}
        maxLength={500}
        autocomplete="off"
        onInput={(e) => onChange(e.currentTarget.value)}
      />
      {quick.length > 0 && (
        <div class="quick">
          {quick.map((each) => (
            <button
              type="button"
              key={each}
              class="quick-pick"
              aria-pressed={value === each}
              onClick={() => onChange(each)}
            >
              {each}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
