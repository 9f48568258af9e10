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
    { field: "d", before: "–", after: '{"e":1}' },
  ]);
});

test("what is no JSON is shown as it is, and nothing is no change", () => {
  expect(changesOf("", "open")).toEqual([{ field: "value", before: "–", after: "open" }]);
  expect(changesOf("", "")).toEqual([]);
});
