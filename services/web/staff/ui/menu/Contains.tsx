const allergens = [
  ["gluten", "Gluten"],
  ["crustaceans", "Crustaceans"],
  ["eggs", "Eggs"],
  ["fish", "Fish"],
  ["peanuts", "Peanuts"],
  ["soy", "Soy"],
  ["milk", "Milk"],
  ["nuts", "Nuts"],
  ["celery", "Celery"],
  ["mustard", "Mustard"],
  ["sesame", "Sesame"],
  ["sulphites", "Sulphites"],
  ["lupin", "Lupin"],
  ["molluscs", "Molluscs"],
] as const;

type Props = { contains: string; onChange(contains: string): void };

/** Which allergens a dish contains; none of them has to be said too. */
export function Contains({ contains, onChange }: Props) {
  const chosen = contains === "none" ? [] : contains.split(" ").filter(Boolean);
  const without = (name: string) => chosen.filter((other) => other !== name);
  const check = (name: string, label: string, checked: boolean, change: (is: boolean) => string) => (
    <label class="check" key={name}>
      <input
        type="checkbox"
        checked={checked}
        disabled={name === "none" && checked}
        onChange={(event) => onChange(change(event.currentTarget.checked))}
      />
      {label}
    </label>
  );
  return (
    <fieldset class="contains">
      <legend>Contains{contains === "" && " (guests read that they should ask)"}</legend>
      {allergens.map(([name, label]) =>
        check(name, label, chosen.includes(name), (is) => {
          const names: string[] = is ? [...chosen, name] : without(name);
          return allergens.flatMap(([one]) => (names.includes(one) ? [one] : [])).join(" ") || "none";
        }),
      )}
      {check("none", "None of these", contains === "none", (is) => (is ? "none" : contains))}
    </fieldset>
  );
}
