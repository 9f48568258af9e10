import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chart } from "../chart/render.ts";
import { deadLetterDefinitions } from "./deadLettersByPolicy.ts";

test("the chart brings the definitions that the stack's own broker is given", () => {
  const file = readFileSync(join(chart, "files", "rabbitmq-definitions.json"), "utf8");
  expect(JSON.parse(file)).toEqual(deadLetterDefinitions());
});

test("each policy is for its queue and no other", () => {
  const names = ["order-order.paid", "kitchen-order.paid"];
  const matches = deadLetterDefinitions(names).policies.map(({ pattern }) =>
    [...names, "order-orderxpaid", "order-order.paid.more"].filter((name) => new RegExp(pattern).test(name)),
  );
  expect(matches).toEqual(names.map((name) => [name]));
});
