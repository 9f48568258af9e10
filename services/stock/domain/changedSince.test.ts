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

const toDo = "Nothing of yours is saved: compare it with this, then save again";

it.each([
  [3, `Boris changed Green tea meanwhile: it is hidden now. ${toDo}`],
  [2, `Ann and Boris changed Green tea meanwhile: it costs €3.50 now, not €3.00; it is hidden now. ${toDo}`],
  [1, `Boris and Ann changed Green tea meanwhile: it costs €3.50 now, not €2.50; it is hidden now. ${toDo}`],
])("who changed version %i hears what was changed since, from first to last", (version, words) => {
  expect(changedSince(history, dish, version)).toBe(words);
});

it("words in other languages are told as they are", () => {
  const [was, is] = [{ de: { name: "Tee" } }, { de: { name: "Grüntee", category: "Getränke" } }];
  const told = changedSince([change("Ann", 2, { translations: was }, { translations: is })], dish, 1);
  expect(told).toContain('its words in other languages are "Grüntee, Getränke" now, not "Tee"');
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
  expect(changedSince(acts, dish, 1)).toContain('its words in other languages are empty now, not "Tee"');
});

it("each field is told as people see it: no place by its number, and what is hidden or shown by that word", () => {
  const was = { hidden: true, position: 10, allergens: [], description: "x".repeat(70) };
  const is = { hidden: false, position: 20, allergens: ["milk", "nuts"], description: "" };
  expect(changedSince([change("Ann", 2, was, is)], dish, 1)).toBe(
    `Ann changed Green tea meanwhile: its description is empty now, not "${"x".repeat(60)}…"; ` +
      `its allergens are "milk, nuts" now, not empty; it is on the menu now; it stands elsewhere on the menu now. ${toDo}`,
  );
});

it("what is not known any more is not made up", () => {
  expect(changedSince([], dish, 1)).toBe(`Somebody changed Green tea meanwhile. ${toDo}`);
});
