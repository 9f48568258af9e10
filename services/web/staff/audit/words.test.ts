import { expect, test } from "vitest";
import { actionWords, changesOf } from "./words.ts";

test("an action is told in words, and one without words by its name", () => {
  expect(actionWords("order.refund")).toBe("gave money back");
  expect(actionWords("table.set_up")).toBe("table set up");
});

test("only fields that changed are shown, new and gone ones too", () => {
  expect(changesOf('{"a":1,"b":"x","c":true}', '{"a":2,"b":"x","d":{"e":1}}')).toEqual([
    { field: "a", before: "1", after: "2" },
    { field: "c", before: "true", after: "–" },
    { field: "d", before: "–", after: "1" },
  ]);
});

test("of lists and objects is shown what is in them, and amounts are money", () => {
  const refunds = [{ id: "r-1", amount: { amount: 980, currency: "eur" }, status: "refunding" }];
  expect(changesOf('{"refunds":[],"claimedBy":""}', JSON.stringify({ refunds, claimedBy: "staff:carla" }))).toEqual([
    { field: "refunds", before: "–", after: "r-1 €9.80 refunding" },
    { field: "claimedBy", before: "–", after: "staff:carla" },
  ]);
});

test("no change goes unseen because both of its sides read the same", () => {
  expect(changesOf("{}", '{"allergens":[]}')).toEqual([{ field: "allergens", before: "–", after: "[]" }]);
  expect(changesOf('{"translations":{"de":{"name":"Tea"}}}', '{"translations":{"en":{"name":"Tea"}}}')).toHaveLength(1);
});

test("an amount in something that is no currency is shown all the same", () => {
  expect(changesOf("{}", '{"total":{"amount":1,"currency":"none"}}')).toMatchObject([{ after: "1 none" }]);
});

test("what is no JSON is shown as it is, and nothing is no change", () => {
  expect(changesOf("", "open")).toEqual([{ field: "value", before: "–", after: "open" }]);
  expect(changesOf("", "")).toEqual([]);
});
