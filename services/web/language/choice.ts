/** Where the guest's choice is kept. */
const languageKey = "gorder.language";

type Wishes = {
  /** The address's query: `?lang=de` is a choice. */
  search: string;
  storage: Pick<Storage, "getItem" | "setItem">;
  /** What the browser asks for, best first: the same list as its Accept-Language. */
  languages: readonly string[];
};

/** The language of the page among those that there are: as was chosen, else as the browser asks, else the first. */
export function chosenLanguage({ search, storage, languages }: Wishes, known: readonly string[]): string {
  const asked = matching([new URLSearchParams(search).get("lang") ?? ""], known);
  if (asked) keepLanguage(storage, asked);
  const kept = matching([storage.getItem(languageKey) ?? ""], known);
  return asked ?? kept ?? matching(languages, known) ?? known[0] ?? "en";
}

/** Remembers what the guest has chosen. */
export function keepLanguage(storage: Pick<Storage, "setItem">, language: string): void {
  storage.setItem(languageKey, language);
}

/** The first of the tags that there is a catalogue for, whatever the region: "de-AT" is served with "de". */
function matching(tags: readonly string[], known: readonly string[]): string | undefined {
  const bases = tags.map((tag) => tag.toLowerCase().split("-")[0]);
  return bases.flatMap((base) => known.find((one) => one === base) ?? [])[0];
}
