import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { chart } from "./render.ts";

type Schema = { readonly properties?: Readonly<Record<string, Schema & { readonly $ref?: string }>> };

const values: unknown = parse(readFileSync(join(chart, "values.yaml"), "utf8"));
const schema: Schema = JSON.parse(readFileSync(join(chart, "values.schema.json"), "utf8"));

/** The paths of all values that the schema allows and `given` lacks; what services have alike is under defaults. */
function missing({ properties = {} }: Schema, given: unknown, path = ""): string[] {
  return Object.entries(properties).flatMap(([name, inner]) => {
    const value = (given as Record<string, unknown> | null | undefined)?.[name];
    const here = `${path}${name}`;
    if (value === undefined) return inner.$ref?.startsWith("#/$defs/service/") ? [] : [here];
    return missing(inner, value, `${here}.`);
  });
}

test("values.yaml shows every value that the chart takes, but for Helm's own", () => {
  expect(missing(schema, values)).toEqual(["global"]);
});

test("every value, or the group that it is in, is explained", () => {
  const lines = readFileSync(join(chart, "values.yaml"), "utf8").split("\n");
  const unexplained = lines.filter((line, at) => {
    if (!/^[a-zA-Z]+:/.test(line)) return false;
    const [before = "", after = ""] = [lines[at - 1], lines[at + 1]];
    return !before.startsWith("#") && !/^\s+(#|[a-zA-Z]+:)/.test(after);
  });
  expect(unexplained).toEqual([]);
});
