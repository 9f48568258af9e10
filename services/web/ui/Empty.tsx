import { words } from "../language/language.ts";
import { Link } from "./Link.tsx";
import { Picture } from "./Picture.tsx";

/** A place with nothing to show yet, and the way to the menu, unless that is the place. */
export function Empty({ text, isMenu = false }: { text: string; isMenu?: boolean }) {
  return (
    <div class="empty">
      <Picture name="plate" size={96} />
      <p>{text}</p>
      {!isMenu && (
        <Link href="/" class="button">
          {words.seeMenu}
        </Link>
      )}
    </div>
  );
}
