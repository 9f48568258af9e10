import { catalogues } from "../language/catalogues.ts";
import { words } from "../language/language.ts";
import { useShop, useStore } from "./useShop.ts";

/** The page's language, each by its own name. */
export function LanguageSwitch() {
  const { language, speakIn } = useShop();
  const chosen = useStore(language);
  return (
    <label class="language">
      <span class="visually-hidden">{words.language}</span>
      <span class="language-tag" aria-hidden="true">
        {chosen}
      </span>
      <select value={chosen} onChange={(event) => speakIn(event.currentTarget.value)}>
        {Object.entries(catalogues).map(([tag, { itself }]) => (
          <option key={tag} value={tag} lang={tag}>
            {itself}
          </option>
        ))}
      </select>
    </label>
  );
}
