import { expect, test } from "vitest";
import { openApi } from "../../../services/order/ports/http/openapi.ts";
import { breakingApiChanges } from "./breaking.ts";
import { brokenSinceRelease } from "./released.ts";

type Loose = { [key: string]: Loose };

/** The description with something changed in it. */
function changed(change: (document: Loose) => void): Loose {
  const document = structuredClone(openApi) as unknown as Loose;
  change(document);
  return document;
}

const at = (document: Loose, ...path: string[]) => path.reduce((inner, key) => inner[key] ?? {}, document);
const orders = "/api/customers/{customerId}/orders";
const schema = (document: Loose, name: string) => at(document, "components", "schemas", name);

test("nothing breaks clients of the last release", () => {
  expect(brokenSinceRelease()).toEqual([]);
});

test.each<[string, string, (document: Loose) => void]>([
  ["an operation that is gone", "get /api/products is gone", (api) => delete at(api, "paths")["/api/products"]],
  [
    "an answer that is gone",
    `post ${orders} answers 201 no more`,
    (api) => delete at(api, "paths", orders, "post", "responses")["201"],
  ],
  [
    "a new demand",
    `post ${orders} demands header x-table, which it did not`,
    (api) =>
      (at(api, "paths", orders, "post", "parameters") as unknown as object[]).push({
        in: "header",
        name: "x-table",
        required: true,
      }),
  ],
  [
    "a field that is gone",
    `post ${orders}, answer 201 has no total any more`,
    (api) => delete at(schema(api, "Order"), "properties").total,
  ],
  [
    "a field of another type",
    `post ${orders}, answer 201.version was integer, and is string`,
    (api) => Object.assign(at(schema(api, "Order"), "properties", "version"), { type: "string" }),
  ],
  [
    "a field that may be missing",
    `post ${orders}, answer 201 may lack id`,
    (api) => Object.assign(schema(api, "Order"), { required: [] }),
  ],
  [
    "a narrower limit",
    `post ${orders}, body.items: maxItems is 5, and was 50`,
    (api) => Object.assign(at(schema(api, "CreateOrder"), "properties", "items"), { maxItems: 5 }),
  ],
  [
    "a field that must be sent",
    `post ${orders}, body demands table`,
    (api) => Object.assign(schema(api, "CreateOrder"), { required: ["items", "table"] }),
  ],
])("%s breaks clients, and is named", (_, line, change) => {
  expect(breakingApiChanges(openApi, changed(change))).toContain(line);
});

test("what is added breaks nobody: an operation, a field of an answer, a choice, a wider limit", () => {
  const wider = changed((api) => {
    Object.assign(at(api, "paths"), { "/api/more": { get: {} } });
    Object.assign(at(schema(api, "Order"), "properties"), { note: { type: "string" } });
    Object.assign(at(schema(api, "CreateOrder"), "properties", "items"), { maxItems: 500 });
    Object.assign(at(schema(api, "CreateOrder"), "properties"), { note: { type: "string" } });
  });
  expect(breakingApiChanges(openApi, wider)).toEqual([]);
});
