import { expect, test } from "vitest";
import { openApi } from "../../../services/order/ports/http/openapi.ts";
import { apiFindings } from "./lint.ts";

type Loose = { [key: string]: Loose };

test("the guests' API is described as Redocly's linter recommends", async () => {
  expect(await apiFindings(openApi)).toBe("");
});

const at = (api: Loose, ...path: string[]) => path.reduce((inner, key) => inner[key] ?? {}, api);
const place = (api: Loose) => at(api, "paths", "/api/customers/{customerId}/orders", "post");

test.each<[string, (api: Loose) => void]>([
  ["operation-operationId-unique", (api) => Object.assign(place(api), { operationId: "getMenu" })],
  ["path-parameters-defined", (api) => delete place(api).parameters],
  ["security-defined", (api) => Object.assign(place(api), { security: [{ password: [] }] })],
  ["no-unused-components", (api) => Object.assign(at(api, "components", "schemas"), { Table: { type: "object" } })],
  [
    "no-invalid-schema-examples",
    (api) => Object.assign(at(api, "components", "schemas", "CreateOrder"), { example: {} }),
  ],
  ["info-license", (api) => delete at(api, "info").license],
])("%s is held", async (rule, change) => {
  const api = structuredClone(openApi) as unknown as Loose;
  change(api);
  expect(await apiFindings(api)).toContain(rule);
});
