import fc from "fast-check";
import { expect, test } from "vitest";
import { sold } from "../testing/orders.ts";
import { asPicked, demandPayable, type Line, maxQuantity, mergeLines, sameLines, sameNotes, totalOf } from "./lines.ts";

const line = (productId: string, quantity: number): Line => ({ productId, quantity });
/** Few products, so that lines of one product meet; few units, so that 10 lines stay within what one may order. */
const lines = fc.array(fc.record({ productId: fc.constantFrom("a", "b", "__proto__"), quantity: fc.nat(9) }), {
  maxLength: 10,
});

test("lines of one product are one line, in the order in which they were picked", () => {
  expect(mergeLines([line("tea", 2), line("cake", 1), line("tea", 3)])).toEqual([line("tea", 5), line("cake", 1)]);
});

test("merging loses no unit, and the order of the lines says nothing", () => {
  const units = (of: readonly Line[]) => of.reduce((sum, { quantity }) => sum + quantity, 0);
  fc.assert(
    fc.property(lines, (wanted) => {
      const merged = mergeLines(wanted);
      expect(units(merged)).toBe(units(wanted));
      expect(new Set(merged.map(({ productId }) => productId)).size).toBe(merged.length);
      expect(sameLines(merged, mergeLines(wanted.toReversed()))).toBe(true);
    }),
  );
});

test("at most 99 of one product, also in several lines; the line that is too much is named", () => {
  expect(mergeLines([line("tea", 98), line("tea", 1)])).toEqual([line("tea", maxQuantity)]);
  expect(() => mergeLines([line("cake", 1), line("tea", 99), line("tea", 1)])).toThrow(
    expect.objectContaining({
      kind: "invalid",
      details: { fields: [{ field: "items[2].quantity", message: "At most 99 of one product, here are 100" }] },
    }),
  );
});

test.each([
  ["another quantity", [line("tea", 3)]],
  ["another product", [line("cake", 2)]],
  ["a line more", [line("tea", 2), line("zest", 1)]],
  ["no line", []],
])("lines are not the same with %s", (_, others) => {
  expect(sameLines([line("tea", 2)], others)).toBe(false);
});

test("a total is the sum over the lines in their one currency", () => {
  const cake = sold("cake", 1, { amount: 1, currency: "eur" });
  expect(totalOf([sold("tea", 3), cake])).toEqual({ amount: 751, currency: "eur" });
});

test("there is no total of nothing, nor of two currencies, and the problem names the items", () => {
  const dollars = sold("cake", 1, { amount: 1, currency: "usd" });
  const refused = expect.objectContaining({
    kind: "invalid",
    details: { fields: [{ field: "items", message: expect.any(String) }] },
  });
  expect(() => totalOf([])).toThrow(refused);
  expect(() => totalOf([sold("tea"), dollars])).toThrow(refused);
});

test.each([
  ["nothing", 0, "eur", "comes to €0.00, and the payment provider takes no less than €0.50"],
  ["a cent too little", 49, "eur", "comes to €0.49, and the payment provider takes no less than €0.50"],
  [
    "a cent too much",
    100_000_000,
    "eur",
    "comes to €1,000,000.00, and the payment provider takes no more than €999,999.99",
  ],
  ["a yen too little", 49, "jpy", "comes to ¥49, and the payment provider takes no less than ¥50"],
  [
    "a yen too much",
    100_000_000,
    "jpy",
    "comes to ¥100,000,000, and the payment provider takes no more than ¥99,999,999",
  ],
  ["forints too little", 17_499, "huf", "no less than HUF\u00a0175"],
  ["a fils", 1_501, "kwd", "comes to KWD\u00a01.501, and the payment provider takes multiples of KWD\u00a00.010 alone"],
  ["aurar", 150_050, "isk", "multiples of ISK\u00a01 alone"],
])("an order of %s (%i %s) could never be paid, and is told so with the amounts", (_, amount, currency, words) => {
  expect(() => demandPayable({ amount, currency })).toThrow(
    expect.objectContaining({
      kind: "invalid",
      details: { fields: [{ field: "total", message: expect.stringContaining(words) }] },
    }),
  );
});

test.each([
  ["eur", 50, 99_999_999],
  ["gbp", 30, 99_999_999],
  ["jpy", 50, 99_999_999],
  ["huf", 17_500, 99_999_999],
  ["kwd", 50, 99_999_990],
  ["isk", 100, 99_999_900],
])("in %s %i and %i can be paid", (currency, ...amounts) => {
  for (const amount of amounts) expect(() => demandPayable({ amount, currency })).not.toThrow();
});

test("a product that was seen at two prices is refused, naming the second line", () => {
  const seen = (amount: number) => ({ productId: "tea", quantity: 1, priceSeen: { amount, currency: "eur" } });
  expect(() => mergeLines([seen(250), seen(300)])).toThrow(
    expect.objectContaining({ details: { fields: [expect.objectContaining({ field: "items[1].unitPrice" })] } }),
  );
  expect(mergeLines([{ productId: "tea", quantity: 1 }, seen(250), seen(250)])).toEqual([
    { ...seen(250), quantity: 3 },
  ]);
});

test("lines of one product have one note, or none: the line with another one is named", () => {
  const noted = (note: string) => ({ ...line("tea", 1), note });
  expect(mergeLines([noted("no milk"), noted("no milk")])).toEqual([{ ...line("tea", 2), note: "no milk" }]);
  for (const other of [noted("milk"), line("tea", 1)])
    expect(() => mergeLines([noted("no milk"), other])).toThrow(
      expect.objectContaining({ details: { fields: [expect.objectContaining({ field: "items[1].note" })] } }),
    );
});

test("what was reserved comes in the order of what was wanted, with its notes", () => {
  const wanted = [{ ...line("tea", 1), note: "no milk" }, line("cake", 2)];
  const picked = asPicked([sold("cake", 2), sold("tea", 1)], wanted);
  expect(picked).toEqual([{ ...sold("tea", 1), note: "no milk" }, sold("cake", 2)]);
  expect([sameNotes(picked, wanted.toReversed()), sameNotes(picked, [line("tea", 1), line("cake", 2)])]).toEqual([
    true,
    false,
  ]);
});
