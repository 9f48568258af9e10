import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chart } from "./render.ts";

const source = join(chart, "..", "components");
const copy = join(chart, "files", "components");

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

test("the chart has Dapr's files word for word as local runs have them", () => {
  expect(Object.keys(contents(source)).length).toBeGreaterThan(5);
  expect(contents(copy)).toEqual(contents(source));
});
