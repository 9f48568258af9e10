import { AppError } from "#common/errors";

/** An amount in minor units of its currency (ISO 4217, lower case). */
export type Money = { amount: number; currency: string };

/** A wish: so many of one product, at the price that was shown, if that is said. */
export type Line = { productId: string; quantity: number; priceSeen?: Money | undefined };

/** A line as it was sold: name and price are the catalogue's at that moment. */
export type SoldLine = Omit<Line, "priceSeen"> & { name: string; unitPrice: Money; stripePriceId: string };

/** The most of one product in one order. */
export const maxQuantity = 99;

/**
 * One line a product, sorted by product id.
 * @throws AppError "invalid" when the lines of one product add up to more than {@link maxQuantity}, or were seen at two
 * prices.
 */
export function mergeLines(lines: readonly Line[]): Line[] {
  const merged = new Map<string, Line>();
  for (const [index, { productId, quantity, priceSeen }] of lines.entries()) {
    const before = merged.get(productId);
    const sum = (before?.quantity ?? 0) + quantity;
    if (sum > maxQuantity) {
      const message = `At most ${maxQuantity} of one product, here are ${sum}`;
      throw new AppError("invalid", message, { fields: [{ field: `items[${index}].quantity`, message }] });
    }
    const seen = before?.priceSeen ?? priceSeen;
    if (seen && priceSeen && (seen.amount !== priceSeen.amount || seen.currency !== priceSeen.currency)) {
      const message = "One product has one price, here are two";
      throw new AppError("invalid", message, { fields: [{ field: `items[${index}].unitPrice`, message }] });
    }
    merged.set(productId, { productId, quantity: sum, ...(seen && { priceSeen: seen }) });
  }
  return [...merged.values()].sort((a, b) => (a.productId < b.productId ? -1 : 1));
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
