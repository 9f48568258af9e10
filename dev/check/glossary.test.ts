import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { glossary, namesIn, wrongNames } from "./glossary.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => ({ path, source: readFileSync(join(root, path), "utf8") });
const words = glossary(read("docs/architecture.md").source);
const modules = globSync("{services,ops,dev,proof,proto}/**/*.{ts,tsx,proto}", { cwd: root })
  .filter((path) => !path.includes("genproto"))
  .map(read);

test("each thing is called by the glossary's word for it in every name", () => {
  expect(wrongNames(words, modules)).toEqual([]);
});

test("names and words are there to be looked at", () => {
  expect(words.flatMap(({ never }) => never).length).toBeGreaterThan(20);
  expect(words.map(({ word }) => word)).toEqual(expect.arrayContaining(["publish", "outbox entry", "put-aside"]));
  expect(new Set(modules.flatMap(namesIn)).size).toBeGreaterThan(5_000);
});

test.each([
  ["a constant", "a.ts", "const outboxSweeper = 1;"],
  ["many of them", "a.ts", "const sweepers = [];"],
  ["a setting", "a.ts", "z.object({ SWEEPER_SECONDS: seconds })"],
  ["a file", "sweeper.ts", ""],
  ["two words", "a.ts", "type OutboxItem = 1;"],
])("another name for it is caught: %s", (_, path, source) => {
  expect(wrongNames(words, [{ path, source }])).toHaveLength(1);
});

test("a word of one service's own is another thing's name elsewhere", () => {
  const source = "order.settle(entry)";
  expect(wrongNames(words, [{ path: "services/stock/app/overdue.ts", source }])).toEqual([]);
  expect(wrongNames(words, [{ path: "services/payment/app/app.ts", source }])).toHaveLength(1);
});

test.each(['cancel("expired", "sweeper")', "// the sweeper of old", "/* a sweeper */", "const sweep = 1;"])(
  "what is said, stored or no such word is left alone: %s",
  (source) => {
    expect(wrongNames(words, [{ path: "a.ts", source }])).toEqual([]);
  },
);
