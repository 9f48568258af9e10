import { AppError } from "#common/errors";
import type { Money } from "#common/money";

/** The same as a message; `undefined` where a message has none. */
type MoneyMessage = { amount: bigint; currency: string };

/** An amount as a message. */
export function moneyMessage({ amount, currency }: Money): MoneyMessage {
  return { amount: BigInt(amount), currency };
}

/** What a request or an event says of money. @throws AppError "invalid" when that is none, such as half a price. */
export function moneyOf(message: MoneyMessage | undefined, what: string): Money {
  const money = read(message);
  if (!money) throw new AppError("invalid", `${what} is no amount of money`);
  return money;
}

/** What a neighbour answers of money. @throws Error when that is none: it is wrong, and not who asked. */
export function answeredMoney(message: MoneyMessage | undefined, what: string): Money {
  const money = read(message);
  if (!money) throw new Error(`${what} is no amount of money`);
  return money;
}

function read(message: MoneyMessage | undefined): Money | undefined {
  if (!message) return undefined;
  const [amount, currency] = [Number(message.amount), message.currency.toLowerCase()];
  return Number.isSafeInteger(amount) && amount >= 0 && /^[a-z]{3}$/.test(currency) ? { amount, currency } : undefined;
}
