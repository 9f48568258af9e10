import type { ComponentChildren } from "preact";

type Props<T extends string> = {
  label: string;
  value: T;
  options: readonly (readonly [value: T, text: ComponentChildren])[];
  onChange(value: T): void;
  class?: string;
};

/** One of a few, all of them in view. */
export function Segments<T extends string>({ label, value, options, onChange, class: kind = "" }: Props<T>) {
  return (
    <fieldset class={`segments ${kind}`} aria-label={label}>
      {options.map(([each, text]) => (
        <button type="button" key={each} aria-pressed={value === each} onClick={() => onChange(each)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
