import { expect, it } from "vitest";
import { anAct, aProduct } from "../testing.ts";
import { changedSince } from "./changedSince.ts";
import { changeDish } from "./dish.ts";
import { decided } from "./performed.ts";
import { openShop } from "./shop.ts";

const dish = aProduct("tea", { name: "Green tea", version: 4 });

/** What somebody changed, which made it this version. */
const change = (name: string, version: number, before: object, after: object) => {
  const { content: _, ...record } = anAct("dish.change", "tea", { name });
  const text = (fields: object, at: number) => JSON.stringify({ ...fields, version: at });
  return { ...record, before: text(before, version - 1), after: text(after, version), refusal: "" };
};
/** Newest first, as it is kept. */
const history = [
  change("Boris", 4, { hidden: false }, { hidden: true }),
  change("Ann", 3, { unitPrice: { amount: 300, currency: "eur" } }, { unitPrice: { amount: 350, currency: "eur" } }),
  change("Boris", 2, { unitPrice: { amount: 250, currency: "eur" } }, { unitPrice: { amount: 300, currency: "eur" } }),
];

it.each([
  [3, "Boris changed Green tea meanwhile: whether it is hidden from no to yes. Look at it again, then change it"],
  [
    2,
    "Ann and Boris changed Green tea meanwhile: the price from €3.00 to €3.50, whether it is hidden from no to yes. " +
      "Look at it again, then change it",
  ],
  [
    1,
    "Boris and Ann changed Green tea meanwhile: the price from €2.50 to €3.50, whether it is hidden from no to yes. " +
      "Look at it again, then change it",
  ],
])("who changed version %i hears what was changed since, from first to last", (version, words) => {
  expect(changedSince(history, dish, version)).toBe(words);
});

it("words in other languages are told as they are", () => {
  const [was, is] = [{ de: { name: "Tee" } }, { de: { name: "Grüntee", category: "Getränke" } }];
  const told = changedSince([change("Ann", 2, { translations: was }, { translations: is })], dish, 1);
  expect(told).toContain('the translations from "Tee" to "Grüntee, Getränke"');
});

it("words that are taken away are told too, also after they were changed", () => {
  const translated = (name: string, version: number) =>
    aProduct("tea", { version, ...(name && { translations: { de: { name } } }) });
  const act = (was: string, is: string, version: number) =>
    decided(
      anAct("dish.change", "tea"),
      { dish: translated(was, version), shop: openShop, currency: "eur", history: [] },
      (found) => changeDish(found, { ...aProduct("tea"), translations: { de: { name: is } } }, version, undefined),
    ).act.record;
  const acts = [act("Grüntee", "", 2), act("Tee", "Grüntee", 1)];
  expect(changedSince(acts, dish, 1)).toContain('the translations from "Tee" to ""');
});

it("what is not known any more is not made up", () => {
  expect(changedSince([], dish, 1)).toBe("Somebody changed Green tea meanwhile. Look at it again, then change it");
});
