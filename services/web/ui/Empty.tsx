import { Link } from "./Link.tsx";

/** A place with nothing to show yet, and the way to something. */
export function Empty({ emoji, text }: { emoji: string; text: string }) {
  return (
    <div class="empty">
      <span class="empty-emoji emoji" aria-hidden="true">
        {emoji}
      </span>
      <p>{text}</p>
      <Link href="/" class="button">
        See the menu
      </Link>
    </div>
  );
}
