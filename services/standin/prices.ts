import { missing } from "./stripeError.ts";

/** A price of the catalogue. */
export type Price = { id: string; name: string; amount: number; currency: string };

/**
 * The price with an id. There is no catalogue: an id says itself what it is worth, as in `price_soup_950_eur`.
 * @throws when the id is not of that kind.
 */
export function priceOf(id: string): Price {
  const [, name = "", amount, currency = ""] = /^price_(\w{1,60})_(\d{1,8})_([a-z]{3})$/.exec(id) ?? [];
  if (amount === undefined) throw missing("price", id);
  return { id, name: name.replaceAll("_", " "), amount: Number(amount), currency };
}

/** The price as Stripe shows it. */
export function priceJson({ id, name, amount, currency }: Price) {
  const fixed = { object: "price", active: true, type: "one_time", billing_scheme: "per_unit", livemode: false };
  return { id, ...fixed, currency, unit_amount: amount, nickname: name, product: `prod_${name.replaceAll(" ", "_")}` };
}
