import { words } from "../language/language.ts";
import { Empty } from "./Empty.tsx";
import { useTitle } from "./useTitle.ts";

export function MissingPage() {
  useTitle(words.missing.title);
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{words.missing.heading}</h1>
      <Empty text={words.missing.text} />
    </div>
  );
}
