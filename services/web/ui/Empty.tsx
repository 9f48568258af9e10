import { words } from "../language/language.ts";
import { Link } from "./Link.tsx";
import { Picture } from "./Picture.tsx";

/** A place with nothing to show yet, and the way to something. */
export function Empty({ text }: { text: string }) {
  return (
    <div class="empty">
      <Picture name="plate" size={96} />
      <p>{text}</p>
      <Link href="/" class="button">
        {words.seeMenu}
      </Link>
    </div>
  );
}
