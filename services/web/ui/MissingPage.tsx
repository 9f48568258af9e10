import { words } from "../language/language.ts";
import { Empty } from "./Empty.tsx";
import { useShopTitle } from "./useShopTitle.ts";

export function MissingPage() {
  useShopTitle(words.missing.title);
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{words.missing.heading}</h1>
      <Empty text={words.missing.text} />
    </div>
  );
}
