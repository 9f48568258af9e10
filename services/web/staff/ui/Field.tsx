import { useId } from "preact/hooks";

type Props = {
  label: string;
  value: string;
  onChange(value: string): void;
  hint?: string;
  type?: "text" | "date" | "datetime-local";
  inputMode?: "text" | "decimal" | "numeric";
  maxLength?: number;
  /** Several lines. */
  long?: boolean;
};

/** A field with its name above it. */
export function Field({
  label,
  value,
  onChange,
  hint,
  long,
  type = "text",
  inputMode = "text",
  maxLength = 200,
}: Props) {
  const id = useId();
  const shared = {
    id,
    value,
    maxLength,
    autocomplete: "off",
    "aria-describedby": hint ? `${id}-hint` : undefined,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {long ? <textarea {...shared} rows={3} /> : <input {...shared} type={type as "text"} inputMode={inputMode} />}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
