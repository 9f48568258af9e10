import { describe, expect, test } from "vitest";
import { type Answer, type Call, fieldsOf, orderHttp } from "../../testing/http.ts";

const tea = { productId: "tea", quantity: 1 };

/** The service with one guest, and a check that bad requests left no trace. */
async function shop() {
  const parts = await orderHttp();
  const guest = await parts.guest();
  const untouched = async () => {
    expect((await parts.call("GET", guest.path, { token: guest.token })).body.orders).toEqual([]);
    expect([...parts.stock.left.values()]).toEqual([10, 10]);
  };
  const send = (call: Call) =>
    parts.call("POST", guest.path, {
      token: guest.token,
      ...call,
      headers: { "idempotency-key": "k", "content-type": "application/json", ...call.headers },
    });
  return { ...parts, ...guest, untouched, send };
}

function expectInvalid(answer: Answer, field: string): void {
  expect(answer.body).toMatchObject({ type: "/problems/invalid-request", status: 400 });
  expect(fieldsOf(answer)).toContain(field);
}

const quantity = (text: string) => `{"items":[{"productId":"tea","quantity":${text}}]}`;
const lines = (count: number) => JSON.stringify({ items: Array.from({ length: count }, () => tea) });
const noted = (note: unknown) => JSON.stringify({ items: [{ ...tea, note }] });
const named = (guestName: unknown) => JSON.stringify({ items: [tea], guestName });
const product = (id: unknown) => JSON.stringify({ items: [tea, { productId: id, quantity: 1 }] });

describe("a body that is no order is 400, names the field, and leaves nothing stored or reserved", () => {
  test.each([
    ["quantity 0", quantity("0"), "items[0].quantity"],
    ["quantity -1", quantity("-1"), "items[0].quantity"],
    ["quantity 1.5", quantity("1.5"), "items[0].quantity"],
    ["quantity as text", quantity('"1"'), "items[0].quantity"],
    ["quantity null", quantity("null"), "items[0].quantity"],
    ["quantity NaN as text", quantity('"NaN"'), "items[0].quantity"],
    ["quantity NaN", quantity("NaN"), "body"],
    ["quantity 1e999", quantity("1e999"), "items[0].quantity"],
    ["quantity 2^53", quantity("9007199254740992"), "items[0].quantity"],
    ["quantity 100", quantity("100"), "items[0].quantity"],
    ["quantity as a list", quantity("[1]"), "items[0].quantity"],
    ["quantity as an operator", quantity('{"$gt":""}'), "items[0].quantity"],
    ["no quantity", '{"items":[{"productId":"tea"}]}', "items[0].quantity"],
    [
      "100 in two lines",
      '{"items":[{"productId":"tea","quantity":99},{"productId":"tea","quantity":1}]}',
      "items[1].quantity",
    ],
    ["51 lines", lines(51), "items"],
    ["1000 lines", lines(1000), "items"],
    ["no lines", '{"items":[]}', "items"],
    ["items that are no list", '{"items":{"0":1}}', "items"],
    ["an empty object", "{}", "items"],
    ["an empty body", "", "items"],
    ["a list", "[]", "body"],
    ["a number", "1", "body"],
    ["null", "null", "body"],
    ["half of a JSON text", '{"items":[', "body"],
    ["a price", '{"items":[{"productId":"tea","quantity":1,"unitPrice":1}]}', "items[0].unitPrice"],
    ["another field", '{"items":[{"productId":"tea","quantity":1}],"status":"paid"}', "status"],
    ["a product that does not exist", product("unicorn"), "items[1].productId"],
    ["an empty product", product(""), "items[1].productId"],
    ["a product that is an operator", product({ $gt: "" }), "items[1].productId"],
    ["a product that is a number", product(1), "items[1].productId"],
    ["a product of 65 characters", product("x".repeat(65)), "items[1].productId"],
    [
      "a product of half a character",
      '{"items":[{"productId":"tea","quantity":1},{"productId":"\\ud800","quantity":1}]}',
      "items[1].productId",
    ],
    ["a note of 141 characters", noted("x".repeat(141)), "items[0].note"],
    ["a note of two lines", noted("no\nnuts"), "items[0].note"],
    ["a note that turns the reading direction", noted("no \u202enuts"), "items[0].note"],
    // It could not be sent on, and would spoil the tickets of all others.
    ["a note with half a character", noted("\ud800"), "items[0].note"],
    ["a note that is an operator", noted({ $gt: "" }), "items[0].note"],
    ["two notes for one product", JSON.stringify({ items: [{ ...tea, note: "a" }, tea] }), "items[1].note"],
    ["a language that is none", JSON.stringify({ items: [tea], language: "<b>" }), "language"],
    ["a name of 61 characters", named("x".repeat(61)), "guestName"],
    ["a name with a zero byte", named("Ann\u0000"), "guestName"],
    ["a name that is a list", named(["Ann"]), "guestName"],
    ["a product with a zero byte", product("tea\u0000"), "items[1].productId"],
  ])("%s", async (_, body, field) => {
    const { send, untouched } = await shop();
    expectInvalid(await send({ body }), field);
    await untouched();
  });

  test.each(['{"$gt":""}', "' OR 1=1 --", "__proto__", "constructor", "toString", "tea ", "TEA"])(
    "the product %s is text that nobody sells",
    async (id) => {
      const { send, untouched } = await shop();
      expectInvalid(await send({ body: product(id) }), "items[1].productId");
      await untouched();
    },
  );

  test.each(["tea\u0000", "tea ", "\ud800", "soupe à l'oignon", "x".repeat(65)])(
    "the product %j, which no product can be, never reaches stock, where it would spoil its neighbours' batch",
    async (id) => {
      const { send, stock } = await shop();
      expectInvalid(await send({ body: product(id) }), "items[1].productId");
      expect(stock.calls).toEqual([]);
    },
  );

  test.each([
    ["as a line", '{"items":[{"productId":"tea","quantity":1,"__proto__":{"quantity":5}}]}'],
    ["as a body", '{"__proto__":{"items":[{"productId":"tea","quantity":1}]}}'],
    ["as a constructor", '{"items":[{"productId":"tea","quantity":1}],"constructor":{"prototype":{"admin":true}}}'],
  ])("a prototype %s is no way in", async (_, body) => {
    const { send, untouched } = await shop();
    expect((await send({ body })).status).toBe(400);
    expect({}).not.toHaveProperty("admin");
    await untouched();
  });

  test("bytes that are no UTF-8", async () => {
    const { send, untouched } = await shop();
    const body = Buffer.concat([
      Buffer.from('{"items":[{"quantity":1,"productId":"'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('"}]}'),
    ]);
    expectInvalid(await send({ body }), "items[0].productId");
    await untouched();
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"])(
    "an order that says it is %s",
    async (type) => {
      const { send, untouched } = await shop();
      const answer = await send({ body: JSON.stringify({ items: [tea] }), headers: { "content-type": type } });
      expectInvalid(answer, "body");
      await untouched();
    },
  );

  test("text in a charset that is not spoken here is 415", async () => {
    const { send, untouched } = await shop();
    const headers = { "content-type": "application/json; charset=klingon" };
    expect((await send({ body: JSON.stringify({ items: [tea] }), headers })).status).toBe(415);
    await untouched();
  });
});

describe("the Idempotency-Key", () => {
  test("must be there", async () => {
    const { call, path, token, untouched } = await shop();
    const answer = await call("POST", path, { token, json: { items: [tea] } });
    expectInvalid(answer, "Idempotency-Key");
    await untouched();
  });

  test.each([
    ["with a space", "a b"],
    ["empty", ""],
    ["too long", "x".repeat(256)],
    ["not ASCII", "schl\u00fcssel"],
  ])("%s is refused by name", async (_, key) => {
    const { send, untouched } = await shop();
    expectInvalid(await send({ json: { items: [tea] }, headers: { "idempotency-key": key } }), "Idempotency-Key");
    await untouched();
  });

  test("is text, whatever it says", async () => {
    const { send, stock } = await shop();
    const keys = ['{"$gt":""}', "'OR/**/1=1--", "__proto__", "constructor", "../../other"];
    const ids = new Set<unknown>();
    for (const key of [...keys, ...keys]) {
      const { status, body } = await send({ json: { items: [tea] }, headers: { "idempotency-key": key } });
      expect(status).toBe(201);
      ids.add(body.id);
    }
    expect(ids.size).toBe(keys.length);
    expect(stock.left.get("tea")).toBe(10 - keys.length);
  });
});

describe("what stands in the address", () => {
  const strange = ['{"$gt":""}', "' OR 1=1 --", "__proto__", "constructor", "..%2f..", "\u0000", "x".repeat(5_000)];

  test.each(strange)("the order id %s is nobody's: 404", async (id) => {
    const { call, path, token } = await shop();
    const at = `${path}/${encodeURIComponent(id)}`;
    for (const [method, tail] of [
      ["GET", ""],
      ["POST", "/cancel"],
      ["GET", "/events"],
    ] as const) {
      expect((await call(method, at + tail, { token })).body).toMatchObject({ type: "/problems/not-found" });
    }
  });

  test.each(strange)("the customer id %s is somebody else: 404", async (id) => {
    const { call, token } = await shop();
    const path = `/api/customers/${encodeURIComponent(id)}/orders`;
    expect((await call("GET", path, { token })).status).toBe(404);
    const json = { items: [tea] };
    expect((await call("POST", path, { token, json, headers: { "idempotency-key": "k" } })).status).toBe(404);
  });

  test("a path that cannot be read is 400", async () => {
    const { call, path, token } = await shop();
    expect((await call("GET", `${path}/%E0%A4%A`, { token })).body).toMatchObject({
      type: "/problems/invalid-request",
    });
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1.5", "limit"],
    ["limit=many", "limit"],
    ["limit=1&limit=2", "limit"],
    ["limit=", "limit"],
    ["cursor=1&cursor=2", "cursor"],
    ["cursor=", "cursor"],
    ["cursor=__proto__", "cursor"],
    ["cursor=%27%20OR%201%3D1%20--", "cursor"],
    [`cursor=${"x".repeat(201)}`, "cursor"],
    [`cursor=${cursor({ $gt: "" })}`, "cursor"],
    [`cursor=${cursor([{ $gt: "" }, "id"])}`, "cursor"],
    [`cursor=${cursor([0, { $gt: "" }])}`, "cursor"],
    [`cursor=${cursor([8.64e15 + 1, "id"])}`, "cursor"],
    [`cursor=${cursor([0.5, "id"])}`, "cursor"],
  ])("?%s is 400 and named", async (query, field) => {
    const { call, path, token } = await shop();
    expectInvalid(await call("GET", `${path}?${query}`, { token }), field);
  });

  test("what nobody asks for is not looked at", async () => {
    const { call, path, token } = await shop();
    expect((await call("GET", `${path}?__proto__=1&$where=1&limit[$gt]=1`, { token })).status).toBe(200);
  });
});

function cursor(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}
