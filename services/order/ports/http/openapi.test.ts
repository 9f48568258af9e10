import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { demandDocumented } from "../../testing/documented.ts";
import { orderHttp } from "../../testing/http.ts";

test("/openapi.json is a valid OpenAPI 3.1 document", async () => {
  const { call } = await orderHttp();
  const { body, headers } = await call("GET", "/openapi.json");
  expect(headers.get("content-type")).toMatch("application/json");
  const validator = new Validator();
  expect(await validator.validate(structuredClone(body))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  const broken = { ...structuredClone(body), paths: { "/api/products": { get: { responses: { "200": {} } } } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test("it describes every route of the customers' API, with the limits that requests are held to", async () => {
  const { call } = await orderHttp();
  const { body } = await call("GET", "/openapi.json");
  const paths = body.paths as Record<string, object>;
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
  const orders = "/api/customers/{customerId}/orders";
  expect(operations.sort()).toEqual(
    [
      "post /api/session",
      "get /api/products",
      "get /api/shop",
      `post ${orders}`,
      `get ${orders}`,
      `get ${orders}/{orderId}`,
      `post ${orders}/{orderId}/cancel`,
      `get ${orders}/{orderId}/events`,
    ].sort(),
  );
  expect(body).toMatchObject({
    components: {
      schemas: {
        CreateOrder: {
          additionalProperties: false,
          properties: {
            items: {
              minItems: 1,
              maxItems: 50,
              items: { properties: { quantity: { type: "integer", minimum: 1, maximum: 99 } } },
            },
          },
        },
      },
    },
  });
});

test("the tests' own check knows an answer that is not described", () => {
  expect(() => demandDocumented("GET", "/api/products", 418, "application/json")).toThrow("does not know");
  expect(() => demandDocumented("GET", "/api/products", 200, "text/html")).toThrow("text/html");
  expect(() => demandDocumented("GET", "/api/products?x=1", 200, "application/json")).not.toThrow();
});

test("/docs is a page that reads it, with everything it needs", async () => {
  const { call } = await orderHttp();
  const page = await call("GET", "/docs");
  const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? "");
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) expect([file, (await call("GET", file)).status]).toEqual([file, 200]);
});
