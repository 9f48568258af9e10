import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { orderHttp, sessionSecret } from "../../testing/http.ts";

const key = (secret: string) => new TextEncoder().encode(secret);

/** A guest's token as ours are, but for what the test changes. */
function token(
  customerId: string,
  change: { secret?: string; issuer?: string; audience?: string; expires?: string } = {},
) {
  const { secret = sessionSecret, issuer = "gorder", audience = "gorder-customers", expires = "1h" } = change;
  const jwt = new SignJWT().setProtectedHeader({ alg: "HS256" }).setSubject(customerId).setIssuedAt();
  return jwt.setIssuer(issuer).setAudience(audience).setExpirationTime(expires).sign(key(secret));
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const claims = (customerId: string) => ({
  sub: customerId,
  iss: "gorder",
  aud: "gorder-customers",
  exp: Math.floor(Date.now() / 1000) + 3_600,
});

test("a session is a customer id with a token, in a cookie that no script and no other site gets at", async () => {
  const { call } = await orderHttp();
  const { body, headers } = await call("POST", "/api/session");
  expect(Object.keys(body).sort()).toEqual(["customerId", "expiresAt", "token"]);
  const cookie = headers.get("set-cookie") ?? "";
  for (const part of [`gorder_session=${body.token}`, "HttpOnly", "SameSite=Strict", "Path=/"]) {
    expect(cookie).toContain(part);
  }
  // By no clock of the browser's: a phone's may be wrong by hours.
  const days = Number(/Max-Age=(\d+)/.exec(cookie)?.[1]) / 86_400;
  expect(Math.round(days)).toBe(30);
  expect(headers.get("cache-control")).toBe("no-store");
});

test.each(["cookie", "authorization"])(
  "a guest stays who they are by %s, a stranger becomes a new guest",
  async (by) => {
    const { call, guest } = await orderHttp();
    const { customerId, token: mine, path } = await guest();
    const headers: Record<string, string> =
      by === "cookie" ? { cookie: `theme=dark; gorder_session=${mine}` } : { authorization: `bearer ${mine}` };
    expect((await call("POST", "/api/session", { headers })).body.customerId).toBe(customerId);
    expect((await call("GET", path, { headers })).status).toBe(200);
    expect((await call("POST", "/api/session")).body.customerId).not.toBe(customerId);
  },
);

describe("behind a proxy that ends TLS", () => {
  const https = { "x-forwarded-proto": "https" };

  test.each(["https", "https,http", "https, http"])(
    "that says %j the cookie is sent over TLS alone, and no other host of ours can set it",
    async (proto) => {
      const { call } = await orderHttp();
      const { body, headers } = await call("POST", "/api/session", { headers: { "x-forwarded-proto": proto } });
      const cookie = headers.get("set-cookie") ?? "";
      expect(cookie).toContain(`__Host-gorder_session=${body.token}`);
      for (const part of ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(part);
      expect(cookie).not.toContain("Domain");
    },
  );

  test("that nobody told us of either, where browsers find us by https", async () => {
    const { call, guest } = await orderHttp({ publicUrl: "https://shop.example" });
    const cookie = `gorder_session=${(await guest()).token}`;
    const [now, gone] = (await call("POST", "/api/session", { headers: { cookie } })).headers.getSetCookie();
    expect(now).toMatch(/^__Host-gorder_session=ey.*; Secure/);
    expect(gone).toMatch(/^gorder_session=;/);
  });

  test("a cookie under the name of before is still read, and replaced", async () => {
    const { call, guest } = await orderHttp();
    const { customerId, token: mine, path } = await guest();
    const before = { ...https, cookie: `gorder_session=${mine}` };
    expect((await call("GET", path, { headers: before })).status).toBe(200);
    const { body, headers } = await call("POST", "/api/session", { headers: before });
    expect(body.customerId).toBe(customerId);
    const [now, gone] = headers.getSetCookie();
    expect(now).toMatch(/^__Host-gorder_session=ey/);
    expect(gone).toMatch(/^gorder_session=;.*Expires=Thu, 01 Jan 1970/);
  });

  test("a cookie of before that stands beside the new one is forgotten", async () => {
    const { call, guest } = await orderHttp();
    const { customerId, token: mine } = await guest();
    const cookie = `gorder_session=${(await guest()).token}; __Host-gorder_session=${mine}`;
    const { body, headers } = await call("POST", "/api/session", { headers: { ...https, cookie } });
    expect(body.customerId).toBe(customerId);
    expect(headers.getSetCookie()).toContainEqual(expect.stringMatching(/^gorder_session=;/));
  });

  test("the name that nobody else can set wins", async () => {
    const { call, guest } = await orderHttp();
    const [ann, eve] = [await guest(), await guest()];
    const cookie = `gorder_session=${eve.token}; __Host-gorder_session=${ann.token}`;
    expect((await call("GET", ann.path, { headers: { ...https, cookie } })).status).toBe(200);
    expect((await call("GET", eve.path, { headers: { ...https, cookie } })).status).toBe(404);
  });
});

test("a stale or strange cookie of our name beside a good one locks nobody out, and of two good ones the first counts", async () => {
  const { call, guest } = await orderHttp();
  const [ann, eve] = [await guest(), await guest()];
  for (const [first, second] of [
    ["stale", ann.token],
    [ann.token, "stale"],
    [ann.token, eve.token],
  ]) {
    const headers = { cookie: `gorder_session=${first}; gorder_session=${second}` };
    expect((await call("GET", ann.path, { headers })).status).toBe(200);
    expect((await call("POST", "/api/session", { headers })).body.customerId).toBe(ann.customerId);
  }
  const many = { cookie: Array.from({ length: 200 }, () => "gorder_session=x").join("; ") };
  expect((await call("GET", ann.path, { headers: many })).status).toBe(401);
});

test("a token is not handed out for a mere cookie, which is renewed all the same", async () => {
  const { call, guest } = await orderHttp();
  const { customerId, token: mine } = await guest();
  for (const name of ["gorder_session", "__Host-gorder_session"]) {
    const { body, headers } = await call("POST", "/api/session", { headers: { cookie: `${name}=${mine}` } });
    expect(body).toEqual({ customerId, expiresAt: expect.any(String) });
    expect(headers.get("set-cookie")).toMatch(/gorder_session=ey/);
  }
  expect((await call("POST", "/api/session", { token: mine })).body).toMatchObject({ customerId });
  expect((await call("POST", "/api/session", { token: mine })).body.token).toMatch(/^ey/);
  expect((await call("POST", "/api/session", { headers: { cookie: "gorder_session=stale" } })).body.token).toMatch(
    /^ey/,
  );
});

describe("a token that proves nothing opens nothing: 401", () => {
  test.each<[string, (customerId: string) => string | Promise<string>]>([
    ["none", () => ""],
    ["garbage", () => "garbage"],
    ["signed with another secret", (id) => token(id, { secret: "another-secret-0123456789-0123456789" })],
    ["expired", (id) => token(id, { expires: "-1s" })],
    ["of another issuer", (id) => token(id, { issuer: "elsewhere" })],
    ["for another audience", (id) => token(id, { audience: "operators" })],
    ["unsigned (alg none)", (id) => `${encoded({ alg: "none" })}.${encoded(claims(id))}.`],
    ["of two parts", (id) => `${encoded({ alg: "none" })}.${encoded(claims(id))}`],
    [
      "whose subject was changed after it was signed",
      async (id) => {
        const [head, , signature] = (await token("somebody-else")).split(".");
        return `${head}.${encoded(claims(id))}.${signature}`;
      },
    ],
    [
      "without a subject",
      async () =>
        new SignJWT()
          .setProtectedHeader({ alg: "HS256" })
          .setIssuer("gorder")
          .setAudience("gorder-customers")
          .setExpirationTime("1h")
          .sign(key(sessionSecret)),
    ],
    [
      "without an end",
      async (id) =>
        new SignJWT()
          .setProtectedHeader({ alg: "HS256" })
          .setSubject(id)
          .setIssuer("gorder")
          .setAudience("gorder-customers")
          .sign(key(sessionSecret)),
    ],
  ])("%s", async (_, forge) => {
    const { call, guest, stock } = await orderHttp();
    const { customerId, path, placed } = await guest();
    const { id } = await placed();
    const forged = await forge(customerId);
    const calls = stock.calls.length;
    for (const headers of [{ authorization: `Bearer ${forged}` }, { cookie: `gorder_session=${forged}` }]) {
      for (const [method, at] of [
        ["GET", path],
        ["POST", path],
        ["GET", `${path}/${id}`],
        ["POST", `${path}/${id}/cancel`],
        ["GET", `${path}/${id}/events`],
      ] as const) {
        const answer = await call(method, at, { headers });
        expect(answer.body).toMatchObject({ type: "/problems/unauthorized", status: 401 });
        expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      }
      expect((await call("POST", "/api/session", { headers })).body.customerId).not.toBe(customerId);
    }
    expect(stock.calls.length).toBe(calls);
  });

  test("but one like ours does, so the others were refused for what is wrong with them", async () => {
    const { call, guest } = await orderHttp();
    const { customerId, path } = await guest();
    expect((await call("GET", path, { token: await token(customerId) })).status).toBe(200);
  });
});

describe("another customer's order is 404, the same as one that does not exist", () => {
  const shape = (text: string, id: string) => text.replace(/"traceId":"[^"]*"/, "").replaceAll(id, "ID");

  test.each([
    ["read", "GET", ""],
    ["cancelled", "POST", "/cancel"],
    ["watched", "GET", "/events"],
  ])("when %s", async (_, method, tail) => {
    const { call, guest, orders } = await orderHttp();
    const [ann, bob] = [await guest(), await guest()];
    const { id } = await ann.placed();
    const missing = "0b1f0d0e-0000-5000-8000-000000000000";
    const none = await call(method, `${bob.path}/${missing}${tail}`, { token: bob.token });
    const attempts = [
      await call(method, `${bob.path}/${id}${tail}`, { token: bob.token }), // under the own customer id
      await call(method, `${ann.path}/${id}${tail}`, { token: bob.token }), // under the other's
      await call(method, `${ann.path}/${missing}${tail}`, { token: bob.token }),
    ];
    expect(none.status).toBe(404);
    for (const answer of attempts) {
      expect(answer.status).toBe(404);
      expect(shape(answer.text, id)).toBe(shape(none.text, missing));
      expect([...answer.headers.keys()]).toEqual([...none.headers.keys()]);
    }
    expect((await orders.get(id))?.snapshot.status).toBe("pending");
  });

  test("nor are they listed, nor ordered for", async () => {
    const { call, guest, stock } = await orderHttp();
    const [ann, bob] = [await guest(), await guest()];
    await ann.placed();
    expect((await call("GET", ann.path, { token: bob.token })).status).toBe(404);
    const json = { items: [{ productId: "tea", quantity: 1 }] };
    const headers = { "idempotency-key": "k" };
    expect((await call("POST", ann.path, { token: bob.token, json, headers })).status).toBe(404);
    expect((await call("GET", bob.path, { token: bob.token })).body.orders).toEqual([]);
    expect(stock.left.get("tea")).toBe(9);
  });
});
