import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settings } from "../dev/settings.ts";

const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
const read = Object.values(settings).flatMap(({ shape }) => Object.keys(shape));

describe(".env.example", () => {
  it("names every variable that a service reads, once", () => {
    expect([...named].sort()).toEqual([...new Set(read)].sort());
  });

  it("holds no secret", () => {
    const values = [...example.matchAll(/^\w*(?:SECRET|TOKEN)\w*=(.*)$/gm)].map(([, value]) => value);
    expect(values).toEqual(values.map(() => ""));
  });
});
