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

/** What a dish that was ordered is called by the order itself. */
export type Named = Pick<OrderItem, "productId" | "name" | "translatedName">;

/** What the page calls a dish that was ordered: as the menu does in the page's language, if it is the dish still. */
export function nameOf(item: Named, menu: readonly Product[]): string {
  const product = menu.find(({ id }) => id === item.productId);
  return product?.onMenu?.name === item.name ? product.name : paidName(item);
}

/** What a dish was called when it was ordered, as the payment page and the provider's receipt have it. */
export function paidName({ name, translatedName }: Named): string {
  return translatedName ?? name;
}

function said(entry: readonly [string, string | undefined]): entry is readonly [string, string] {
  return entry[1] !== undefined;
}
