import { Picture } from "../../ui/Picture.tsx";

/** A place with nothing in it, which is often good news. */
export function Nothing({ text, small = false }: { text: string; small?: boolean }) {
  return (
    <div class={`empty ${small ? "empty-small" : ""}`}>
      {!small && <Picture name="plate" size={88} />}
      <p>{text}</p>
    </div>
  );
}
