/** The languages of Stripe's payment pages. */
const locales = [
  ...["bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr", "hu", "id"],
  ...["it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th"],
  ...["tr", "vi", "zh", "zh-HK", "zh-TW"],
] as const;

/** Stripe's page for a guest of this language: the nearest that there is, or as their browser says. */
export function localeFor(language: string): (typeof locales)[number] | "auto" {
  const [base = ""] = language.split("-");
  return locales.find((one) => one === language) ?? locales.find((one) => one === base) ?? "auto";
}
