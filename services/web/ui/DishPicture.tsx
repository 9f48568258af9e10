import { useState } from "preact/hooks";
import type { Product } from "../api/types.ts";
import { pictureOf } from "../pictures/pictures.ts";
import { Picture } from "./Picture.tsx";

/** A dish's own picture if it has one that comes, else the drawing for it. `size` in pixels. */
export function DishPicture({ product, size }: { product: Product; size: number }) {
  const [failed, setFailed] = useState<string>();
  const { image } = product;
  if (!image || failed === image) return <Picture name={pictureOf(product)} size={size} />;
  return (
    <img
      class="picture photo"
      src={image}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onError={() => setFailed(image)}
    />
  );
}
