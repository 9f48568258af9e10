import { chargeLimits } from "#common/chargeLimits";
import { AppError } from "#common/errors";
import { moneyText } from "#common/money";
import type { Money } from "./product.ts";

/**
 * @param menu the currency of the other dishes, if there are any.
 * @throws AppError "invalid" when nobody could pay this price, or nobody could order the dish with others.
 */
export function demandPrice({ amount, currency }: Money, menu: string | undefined): void {
  if (menu !== undefined && currency !== menu)
    throw wrongPrice("currency", `The menu's prices are in ${menu.toUpperCase()}, not in ${currency.toUpperCase()}`);
  const { smallest, largest, step } = chargeLimits(currency);
  const text = (limit: number) => moneyText({ amount: limit, currency }, "en");
  if (amount < smallest)
    throw wrongPrice("amount", `A price is at least ${text(smallest)}: the payment provider takes no less`);
  if (amount > largest)
    throw wrongPrice("amount", `A price is at most ${text(largest)}: the payment provider takes no more`);
  if (amount % step > 0)
    throw wrongPrice("amount", `A price is a multiple of ${text(step)}: the payment provider takes nothing finer`);
}

function wrongPrice(field: "amount" | "currency", message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field: `dish.unitPrice.${field}`, message }] });
}
