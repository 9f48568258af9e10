import { moneyText } from "#common/money";
import type { ActRecord } from "./acts.ts";
import type { Money, Product } from "./product.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What is said of a field that has another value now. Others, such as the version, go without saying. */
const sentences: Readonly<Record<string, (now: unknown, was: unknown) => string>> = {
  name: said("its name is"),
  description: said("its description is"),
  category: said("its category is"),
  emoji: said("its emoji is"),
  allergens: said("its allergens are"),
  image: said("its picture is"),
  translations: said("its words in other languages are"),
  unitPrice: (now, was) => `it costs ${moneyText(now as Money, "en")} now, not ${moneyText(was as Money, "en")}`,
  hidden: (now) => (now ? "it is hidden now" : "it is on the menu now"),
  // Places are numbers that nobody sees.
  position: () => "it stands elsewhere on the menu now",
};

/**
 * For who wanted to change a dish: who changed it since a version, what of it is otherwise now, and what to do.
 * @param history earlier acts on it, newest first.
 */
export function changedSince(history: readonly ActRecord[], dish: Product, version: number): string {
  const later = history
    .map((act) => ({ act, before: read(act.before), after: read(act.after) }))
    .filter(({ after }) => typeof after.version === "number" && after.version > version)
    .reverse();
  const before: Fields = Object.assign({}, ...later.map((one) => one.before).reverse());
  const after: Fields = Object.assign({}, ...later.map((one) => one.after));
  const changes = Object.entries(sentences)
    .filter(([field]) => field in after && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map(([field, say]) => say(after[field], before[field]));
  const people = [...new Set(later.map(({ act }) => act.name || act.subject))].join(" and ") || "Somebody";
  const what = changes.length > 0 ? `: ${changes.join("; ")}` : "";
  return `${people} changed ${dish.name} meanwhile${what}. Nothing of yours is saved: compare it with this, then save again`;
}

function read(json: string): Fields {
  return JSON.parse(json) as Fields;
}

function said(its: string) {
  return (now: unknown, was: unknown) => `${its} ${text(now)} now, not ${text(was)}`;
}

function text(value: unknown): string {
  const written = Array.isArray(value) ? value.join(", ") : plain(value);
  if (written === "") return "empty";
  return written.length > 60 ? `"${written.slice(0, 60)}…"` : `"${written}"`;
}

/** Words in several languages are told without their names: "Kürbissuppe, Vorspeisen". */
function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.values(value).map(plain).join(", ");
}
