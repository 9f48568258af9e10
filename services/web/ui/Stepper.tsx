type Props = { name: string; value: number; min: number; max: number; onChange(value: number): void };

/** One fewer, a number that can be typed, one more. */
export function Stepper({ name, value, min, max, onChange }: Props) {
  const step = (to: number) => {
    if (to >= min && to <= max) onChange(to);
  };
  return (
    <fieldset class="stepper" aria-label={`Quantity of ${name}`}>
      <button
        type="button"
        aria-label={`One ${name} fewer`}
        aria-disabled={value <= min}
        onClick={() => step(value - 1)}
      >
        −
      </button>
      <input
        type="text"
        inputMode="numeric"
        autocomplete="off"
        maxLength={2}
        value={value}
        aria-label={`Quantity of ${name}`}
        onChange={(event) => {
          const typed = Number(event.currentTarget.value);
          const sound = /^\d+$/.test(event.currentTarget.value.trim()) && typed >= Math.max(min, 1);
          const next = sound ? Math.min(typed, max) : value;
          // The field shows what counts, also when that is what it was before.
          event.currentTarget.value = String(next);
          if (next !== value) onChange(next);
        }}
      />
      <button
        type="button"
        aria-label={`One more ${name}`}
        aria-disabled={value >= max}
        onClick={() => step(value + 1)}
      >
        +
      </button>
    </fieldset>
  );
}
