import { amountText } from "../money/amount.ts";

const actions: Readonly<Record<string, string>> = {
  "ticket.take": "took the ticket",
  "ticket.tick": "ticked a dish",
  "ticket.finish": "finished the ticket",
  "ticket.take_back": "took the ticket back",
  "order.cancel": "cancelled the order",
  "order.refund": "gave money back",
  "order.announce": "announced the order again",
  "dish.create": "made the dish",
  "dish.change": "changed the dish",
  "dish.restock": "restocked the dish",
  "dish.move": "moved units of the dish",
  "dish.count": "counted the dish",
  "dish.sell_out": "marked the dish sold out",
  "dish.sell_again": "set the dish back on the menu",
  "shop.open": "opened the shop",
  "shop.close": "closed the shop",
  "put_aside.refund": "gave money back that was put aside",
  "put_aside.dismiss": "dismissed money that was put aside",
  "dead_letters.resend": "sent dead letters again",
  "dead_letters.discard": "discarded dead letters",
  "role.refuse": "was kept from",
  "session.begin": "signed in at the",
};

/** What somebody did, after their name; an action without words of its own is its name. */
export function actionWords(action: string): string {
  return actions[action] ?? action.replaceAll(/[._]/g, " ");
}

/** Actions that can be looked for. */
export const knownActions: readonly string[] = Object.keys(actions);

type Change = { field: string; before: string; after: string };

function read(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : { value };
  } catch {
    return json === "" ? {} : { value: json };
  }
}

function isAmount(value: object): value is { amount: number; currency: string } {
  const { amount, currency, ...others } = value as Record<string, unknown>;
  const isNamed = typeof currency === "string" && /^[a-z]{3}$/i.test(currency);
  return Number.isSafeInteger(amount) && isNamed && Object.keys(others).length === 0;
}

/** A value of a record as somebody reads it: amounts as money, of lists and objects what is in them. */
function text(value: unknown): string {
  if (value === undefined || value === null || value === "") return "–";
  if (typeof value !== "object") return String(value);
  if (isAmount(value)) return amountText({ ...value, amount: BigInt(value.amount) });
  const inside = Object.values(value).map(text);
  return inside.join(Array.isArray(value) ? ", " : " ") || "–";
}

function raw(value: unknown): string {
  return value === undefined || value === null || value === "" ? "–" : JSON.stringify(value);
}

/** The fields that an act changed, from its JSON before and after; as JSON where both sides would read the same. */
export function changesOf(before: string, after: string): Change[] {
  const [was, is] = [read(before), read(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => raw(was[field]) !== raw(is[field]))
    .map((field) => {
      const inWords = text(was[field]) !== text(is[field]) ? text : raw;
      return { field, before: inWords(was[field]), after: inWords(is[field]) };
    });
}
