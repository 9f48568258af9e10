/** A guest's name as it is looked for: case, accents and the number of spaces say nothing. */
export function nameKey(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** So many letters find a name by its beginning: fewer would find half of all names. */
const letters = 3;

/** The beginning of a {@link nameKey} that names are filed under: a shorter name is filed under the whole of it. */
export function nameStart(key: string): string {
  return [...key].slice(0, letters).join("");
}

/** Whether what staff ask for, a {@link nameKey}, is too short for the beginning of a name: then it is the whole one. */
export function isWholeName(wanted: string): boolean {
  return [...wanted].length < letters;
}
