import { moneyText } from "#common/money";
import type { ActRecord } from "./acts.ts";
import type { Money, Product } from "./product.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What a change of each field is called. Others, such as the version, go without saying. */
const names: Readonly<Record<string, string>> = {
  name: "the name",
  description: "the description",
  category: "the category",
  emoji: "the emoji",
  allergens: "the allergens",
  image: "the picture",
  translations: "the translations",
  unitPrice: "the price",
  hidden: "whether it is hidden",
  position: "the place on the menu",
};

/**
 * In a sentence: who changed a dish since a version, and what. @param history earlier acts on it, newest first.
 */
export function changedSince(history: readonly ActRecord[], dish: Product, version: number): string {
  const later = history
    .map((act) => ({ act, before: read(act.before), after: read(act.after) }))
    .filter(({ after }) => typeof after.version === "number" && after.version > version)
    .reverse();
  const before: Fields = Object.assign({}, ...later.map((one) => one.before).reverse());
  const after: Fields = Object.assign({}, ...later.map((one) => one.after));
  const changes = Object.keys(names)
    .filter((field) => field in after && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => `${names[field]} from ${text(before[field])} to ${text(after[field])}`);
  const people = [...new Set(later.map(({ act }) => act.name || act.subject))].join(" and ") || "Somebody";
  const what = changes.length > 0 ? `: ${changes.join(", ")}` : "";
  return `${people} changed ${dish.name} meanwhile${what}. Look at it again, then change it`;
}

function read(json: string): Fields {
  return JSON.parse(json) as Fields;
}

function text(value: unknown): string {
  if (typeof value === "object" && value !== null && "currency" in value) return moneyText(value as Money, "en");
  if (typeof value === "boolean") return value ? "yes" : "no";
  const written = Array.isArray(value) ? value.join(", ") : plain(value);
  return written.length > 60 ? `"${written.slice(0, 60)}…"` : `"${written}"`;
}

/** Words in several languages are told without their names: "Kürbissuppe, Vorspeisen". */
function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.values(value).map(plain).join(", ");
}
