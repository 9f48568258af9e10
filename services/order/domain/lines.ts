import { chargeLimits } from "#common/chargeLimits";
import { AppError } from "#common/errors";
import { type Money, moneyText } from "#common/money";

export type { Money };

/** A wish: so many of one product, at the price that was shown and with a note for the cook, if that is said. */
export type Line = {
  productId: string;
  quantity: number;
  priceSeen?: Money | undefined;
  note?: string | undefined;
};

/** A line as it was sold: names and price are the catalogue's at that moment. */
export type SoldLine = Omit<Line, "priceSeen"> & {
  /** The menu's own, which the kitchen and the staff read. */
  name: string;
  /** The same in the guest's language, if the menu has it: the guest reads no other, on the payment page and ever after. */
  translatedName?: string | undefined;
  unitPrice: Money;
  stripePriceId: string;
};

/** The most of one product in one order. */
export const maxQuantity = 99;

/**
 * One line a product, in the order in which they were picked.
 * @throws AppError "invalid" when the lines of one product add up to more than {@link maxQuantity}, were seen at two
 * prices, or have two notes.
 */
export function mergeLines(lines: readonly Line[]): Line[] {
  const merged = new Map<string, Line>();
  for (const [index, line] of lines.entries()) {
    const { productId, quantity, priceSeen, note } = line;
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
    if (before && before.note !== note) {
      const message = "The lines of one product have one note, here are two";
      throw new AppError("invalid", message, { fields: [{ field: `items[${index}].note`, message }] });
    }
    merged.set(productId, { productId, quantity: sum, ...(seen && { priceSeen: seen }), ...(note && { note }) });
  }
  return [...merged.values()];
}

/** Whether both ask for the same products in the same quantities, in whatever order. Both are merged. */
export function sameLines(a: readonly Line[], b: readonly Line[]): boolean {
  const quantities = new Map(b.map(({ productId, quantity }) => [productId, quantity]));
  return a.length === b.length && a.every(({ productId, quantity }) => quantities.get(productId) === quantity);
}

/** Whether both ask the same of the cook for each product. Both are merged, and of the same products. */
export function sameNotes(a: readonly Line[], b: readonly Line[]): boolean {
  const notes = new Map(b.map(({ productId, note }) => [productId, note]));
  return a.every(({ productId, note }) => notes.get(productId) === note);
}

/** What was reserved, in the order in which it was picked, with what the guest asks of the cook. Both are merged. */
export function asPicked(reserved: readonly SoldLine[], wanted: readonly Line[]): SoldLine[] {
  const lines = new Map(reserved.map((line) => [line.productId, line]));
  return wanted.flatMap(({ productId, note }) => {
    const line = lines.get(productId);
    return line ? [{ ...line, ...(note && { note }) }] : [];
  });
}

/** What the lines cost together. @throws AppError "invalid" when they are of several currencies. */
export function totalOf(lines: readonly SoldLine[]): Money {
  const [first] = lines;
  if (!first) throw wrong("items", "An order needs at least one line");
  const { currency } = first.unitPrice;
  if (lines.some(({ unitPrice }) => unitPrice.currency !== currency)) {
    throw wrong("items", "The products of one order must have one currency");
  }
  return { amount: lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0), currency };
}

/** @throws AppError "invalid" for an order that nobody could ever pay, with what it comes to and what could be paid. */
export function demandPayable({ amount, currency }: Money): void {
  const { smallest, largest, step } = chargeLimits(currency);
  const text = (limit: number) => moneyText({ amount: limit, currency }, "en");
  const comes = `The order comes to ${text(amount)}, and the payment provider takes`;
  if (amount < smallest) throw wrong("total", `${comes} no less than ${text(smallest)}`);
  if (amount > largest) throw wrong("total", `${comes} no more than ${text(largest)}`);
  if (amount % step > 0) throw wrong("total", `${comes} multiples of ${text(step)} alone`);
}

function wrong(field: "items" | "total", message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field, message }] });
}
