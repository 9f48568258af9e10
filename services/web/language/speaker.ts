import { createStore } from "../store.ts";
import { catalogues } from "./catalogues.ts";
import { chosenLanguage, keepLanguage } from "./choice.ts";
import { english, speak } from "./language.ts";

/** The language of the page, and the way to another one; the document says which it is, and which way it is read. */
export function speaker(
  browser: Pick<Window, "document" | "history" | "location" | "navigator">,
  storage: Pick<Storage, "getItem" | "setItem">,
) {
  const { search } = browser.location;
  const first = chosenLanguage({ search, storage, languages: browser.navigator.languages }, Object.keys(catalogues));
  const language = createStore(first);
  const become = (tag: string) => {
    const catalogue = catalogues[tag] ?? english;
    speak(catalogue);
    browser.document.documentElement.lang = catalogue.locale;
    browser.document.documentElement.dir = catalogue.dir;
    language.set(tag);
  };
  become(first);
  return {
    language,
    speakIn(tag: string) {
      keepLanguage(storage, tag);
      forgetAsked(browser);
      become(tag);
    },
  };
}

/** What the address asks for is over: with the next reload, or after signing in, it would come back. */
function forgetAsked({ location, history }: Pick<Window, "history" | "location">): void {
  const query = new URLSearchParams(location.search);
  if (!query.has("lang")) return;
  query.delete("lang");
  const rest = query.toString();
  history.replaceState(null, "", `${location.pathname}${rest && `?${rest}`}${location.hash}`);
}
