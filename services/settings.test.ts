import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kitchenEnv } from "./kitchen/config.ts";
import { orderEnv } from "./order/config.ts";
import { paymentEnv } from "./payment/config.ts";
import { standinEnv } from "./payment/standin/config.ts";
import { staffEnv } from "./staff/config.ts";
import { stockEnv } from "./stock/config.ts";

const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
const read = [orderEnv, stockEnv, paymentEnv, kitchenEnv, staffEnv, standinEnv].flatMap(({ shape }) =>
  Object.keys(shape),
);

describe(".env.example", () => {
  it("names every variable that a service reads, once", () => {
    expect([...named].sort()).toEqual([...new Set(read)].sort());
  });

  it("holds no secret", () => {
    const values = [...example.matchAll(/^\w*(?:SECRET|TOKEN)\w*=(.*)$/gm)].map(([, value]) => value);
    expect(values).toEqual(values.map(() => ""));
  });
});
