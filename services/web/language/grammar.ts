/** The form of a word that goes with a number, by the rules of the language. */
export function plural(language: string, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }) {
  const rules = new Intl.PluralRules(language);
  return (count: number): string => forms[rules.select(count)] ?? forms.other;
}

/** A status by its own name, as people write: "on_its_way" is "On its way". */
export function shownStatus(status: string): string {
  return (status.charAt(0).toUpperCase() + status.slice(1)).replaceAll("_", " ");
}
