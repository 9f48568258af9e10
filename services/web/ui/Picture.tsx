import { pictureUrl } from "../pictures/pictures.ts";

/** A drawing beside words that say the same, so screen readers are spared it. `size` in pixels. */
export function Picture({ name, size }: { name: string; size: number }) {
  return (
    <img class="picture" src={pictureUrl(name)} alt="" width={size} height={size} loading="lazy" decoding="async" />
  );
}
