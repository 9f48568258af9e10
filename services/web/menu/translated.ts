import type { OrderItem, Product } from "../api/types.ts";

/**
 * The dishes in the page's language, as far as the menu has it. A category that one of its dishes translates is
 * translated for all: a dish that the shop made since does not stand apart.
 */
export function translated(products: readonly Product[], language: string): readonly Product[] {
  const categories = new Map(
    products.map(({ category, translations }) => [category, translations?.[language]?.category] as const).filter(said),
  );
  return products.map((product) => {
    const { name, description, category, translations } = product;
    const words = translations?.[language];
    return {
      ...product,
      name: words?.name ?? name,
      description: words?.description ?? description,
      category: categories.get(category) ?? category,
      onMenu: { name, category },
    };
  });
}

/**
 * What the page calls a dish that was ordered: as the menu does in the page's language, if it is the dish still. The
 * order keeps the name that the kitchen and the receipt have.
 */
export function nameOf({ productId, name }: Pick<OrderItem, "productId" | "name">, menu: readonly Product[]): string {
  const product = menu.find(({ id }) => id === productId);
  return product?.onMenu?.name === name ? product.name : name;
}

function said(entry: readonly [string, string | undefined]): entry is readonly [string, string] {
  return entry[1] !== undefined;
}
