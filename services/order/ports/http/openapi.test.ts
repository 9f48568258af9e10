import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { problemTypes } from "#common/http/problemPages";
import { demandDocumented } from "../../testing/documented.ts";
import { orderHttp } from "../../testing/http.ts";
import { createOrderBody } from "./schemas.ts";

type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  security?: object[];
  responses: Record<string, { description: string; headers?: object }>;
};

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
      `get ${orders}/events`,
      `get ${orders}/{orderId}`,
      `post ${orders}/{orderId}/pay`,
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

test("every operation has a name of its own, a known tag, a summary, its errors, and what it answers with is described", async () => {
  const { call } = await orderHttp();
  const { body } = await call("GET", "/openapi.json");
  const { paths, tags } = body as unknown as {
    paths: Record<string, Record<string, Operation>>;
    tags: { name: string }[];
  };
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[a-z][A-Za-z]+$/.test(name))).toBe(true);
  for (const { tags: own, summary, responses, security } of operations) {
    expect(tags.map(({ name }) => name)).toEqual(expect.arrayContaining(own));
    expect([own.length, summary === "", security === undefined]).toEqual([1, false, false]);
    for (const [status, { description, headers = {} }] of Object.entries(responses)) {
      expect(description).not.toBe("");
      if (["429", "503"].includes(status)) expect(Object.keys(headers)).toContain("Retry-After");
    }
  }
});

test("the example of an order is one that would be taken", async () => {
  const { call } = await orderHttp();
  const { body } = await call("GET", "/openapi.json");
  const { example } = (body as unknown as { components: { schemas: { CreateOrder: { example: unknown } } } }).components
    .schemas.CreateOrder;
  expect(createOrderBody.safeParse(example).success).toBe(true);
});

test("each problem's type leads to a page that says what it is and what to do", async () => {
  const { call } = await orderHttp();
  const list = await call("GET", "/problems");
  for (const { code, title, help } of problemTypes) {
    expect(list.text).toContain(`href="/problems/${code}"`);
    const page = await call("GET", `/problems/${code}`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.text).toContain(title.replaceAll("'", "&#39;"));
    expect(page.text).toContain(help.slice(0, 20));
  }
  const unknown = await call("GET", "/problems/none");
  expect(unknown.status).toBe(404);
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
