import { AppError } from "#common/errors";

/** A wish: so many of one product. */
export type Line = { productId: string; quantity: number };

/** An amount in minor units of its currency (ISO 4217, lower case). */
export type Money = { amount: number; currency: string };

/** A line as it was sold: name and price are the catalogue's at that moment. */
export type SoldLine = Line & { name: string; unitPrice: Money; stripePriceId: string };

/** The most of one product in one order. */
export const maxQuantity = 99;

/**
 * One line a product, sorted by product id.
 * @throws AppError "invalid" when the lines of one product add up to more than {@link maxQuantity}.
 */
export function mergeLines(lines: readonly Line[]): Line[] {
  const merged = new Map<string, number>();
  for (const [index, { productId, quantity }] of lines.entries()) {
    const sum = (merged.get(productId) ?? 0) + quantity;
    if (sum > maxQuantity) {
      const message = `At most ${maxQuantity} of one product, here are ${sum}`;
      throw new AppError("invalid", message, { fields: [{ field: `items[${index}].quantity`, message }] });
    }
    merged.set(productId, sum);
  }
  return [...merged]
    .map(([productId, quantity]) => ({ productId, quantity }))
    .sort((a, b) => (a.productId < b.productId ? -1 : 1));
}

/** Whether both ask for the same products in the same quantities. Both are merged. */
export function sameLines(a: readonly Line[], b: readonly Line[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ productId, quantity }, index) => b[index]?.productId === productId && b[index]?.quantity === quantity)
  );
}

/** What the lines cost together. @throws AppError "invalid" when they are of several currencies. */
export function totalOf(lines: readonly SoldLine[]): Money {
  const [first] = lines;
  if (!first) throw wrongItems("An order needs at least one line");
  const { currency } = first.unitPrice;
  if (lines.some(({ unitPrice }) => unitPrice.currency !== currency)) {
    throw wrongItems("The products of one order must have one currency");
  }
  return { amount: lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0), currency };
}

function wrongItems(message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field: "items", message }] });
}
