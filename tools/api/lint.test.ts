import { expect, test } from "vitest";
import { openApi } from "../../services/order/ports/http/openapi.ts";
import { apiFindings, type Described, rules } from "./lint.ts";

type Loose = { [key: string]: Loose } & { push?: (one: object) => void };

const document = openApi as unknown as Described;

test("the guests' API is described as Redocly's recommended rules ask for", () => {
  expect(apiFindings(document)).toEqual([]);
});

const at = (api: Loose, ...path: string[]) => path.reduce((inner, key) => inner[key] ?? {}, api);
const orders = "/api/customers/{customerId}/orders";
const place = (api: Loose) => at(api, "paths", orders, "post");
const set = (target: Loose, values: object) => void Object.assign(target, values);

const planted: Record<keyof typeof rules, (api: Loose) => void> = {
  "info-license": (api) => delete at(api, "info").license,
  "no-empty-servers": (api) => set(api, { servers: [] }),
  "no-server-example.com": (api) => set(api, { servers: [{ url: "https://api.example.com" }] }),
  "no-server-trailing-slash": (api) => set(api, { servers: [{ url: "/shop/" }] }),
  "tag-description": (api) => set(api, { tags: [...(api.tags as unknown as object[]), { name: "more" }] }),
  "operation-tag-defined": (api) => set(place(api), { tags: ["tables"] }),
  "operation-summary": (api) => delete place(api).summary,
  "operation-operationId": (api) => delete place(api).operationId,
  "operation-operationId-unique": (api) => set(place(api), { operationId: "getMenu" }),
  "operation-operationId-url-safe": (api) => set(place(api), { operationId: "place an order" }),
  "operation-2xx-response": (api) => set(place(api), { responses: { 400: {} } }),
  "operation-4xx-response": (api) => set(place(api), { responses: { 201: {} } }),
  "operation-parameters-unique": (api) => place(api).parameters?.push?.({ in: "header", name: "idempotency-key" }),
  "path-parameters-defined": (api) => set(place(api), { parameters: [] }),
  "no-path-trailing-slash": (api) => set(at(api, "paths"), { "/api/more/": { get: {} } }),
  "path-not-include-query": (api) => set(at(api, "paths"), { "/api/more?all": { get: {} } }),
  "no-identical-paths": (api) => set(at(api, "paths"), { "/api/customers/{id}/orders": {} }),
  "security-defined": (api) => set(place(api), { security: [{ password: [] }] }),
  "no-unresolved-refs": (api) => delete at(api, "components", "schemas").Money,
  "no-unused-components": (api) => set(at(api, "components", "schemas"), { Table: {} }),
  "no-enum-type-mismatch": (api) =>
    set(at(api, "components", "schemas", "Order", "properties", "status"), { enum: [1] }),
};

test.each(Object.keys(rules))("%s is held", (rule) => {
  const api = structuredClone(document) as Loose;
  planted[rule]?.(api);
  expect(apiFindings(api)).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: `)));
});
