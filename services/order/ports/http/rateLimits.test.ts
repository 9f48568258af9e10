import { expect, test } from "vitest";
import { orderHttp } from "../../testing/http.ts";

const tea = { items: [{ productId: "tea", quantity: 1 }] };
const from = (address: string) => ({ "x-forwarded-for": address });

test("a customer's orders beyond the limit are 429 until a while later; other customers order on", async () => {
  const { guest, call } = await orderHttp({ limits: { ordersPerMinute: 2 } });
  const [ann, bob] = [await guest(), await guest()];
  for (let orders = 0; orders < 2; orders++) expect((await ann.order(tea)).status).toBe(201);
  const { status, headers, body } = await ann.order(tea);
  expect([status, body.type]).toEqual([429, "/problems/too-many-requests"]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
  expect((await bob.order(tea)).status).toBe(201);
  expect((await call("GET", ann.path, { token: ann.token })).status).toBe(200);
});

test("what others try in a customer's name does not count as theirs", async () => {
  const { guest, call } = await orderHttp({ limits: { ordersPerMinute: 1 } });
  const [ann, bob] = [await guest(), await guest()];
  const headers = { "idempotency-key": "k" };
  for (const token of [bob.token, "no token"]) {
    expect((await call("POST", ann.path, { token, json: tea, headers })).status).toBeGreaterThanOrEqual(401);
  }
  expect((await ann.order(tea)).status).toBe(201);
});

test("an address's orders beyond the limit are 429, whoever they are; other addresses order on", async () => {
  const { guest } = await orderHttp({ limits: { ordersPerMinutePerAddress: 2 } });
  const guests = [await guest(), await guest(), await guest()];
  const statuses = [];
  for (const one of guests) statuses.push((await one.order(tea, from("192.0.2.1"))).status);
  expect(statuses).toEqual([201, 201, 429]);
  expect((await guests[2]?.order(tea, from("192.0.2.2")))?.status).toBe(201);
});

test("an address whose unpaid orders hold much hears 429 and when to come back; other addresses order on", async () => {
  const { guest } = await orderHttp({ unpaidLimits: { unitsOfAddress: 3 } });
  const guests = [await guest(), await guest()];
  const three = { items: [{ productId: "tea", quantity: 3 }] };
  expect((await guests[0]?.order(three, from("192.0.2.1:1")))?.status).toBe(201);
  const refused = await guests[1]?.order(tea, from("192.0.2.1:2"));
  expect(refused?.body).toMatchObject({ status: 429, type: "/problems/too-many-requests" });
  expect(refused?.headers.get("retry-after")).toBe("30");
  expect((await guests[1]?.order(tea, from("192.0.2.2")))?.status).toBe(201);
});

test("new guests of an address beyond the limit are 429", async () => {
  const { call } = await orderHttp({ limits: { sessionsPerMinutePerAddress: 2 } });
  const arrive = async (address: string) => (await call("POST", "/api/session", { headers: from(address) })).status;
  expect([await arrive("192.0.2.1"), await arrive("192.0.2.1"), await arrive("192.0.2.1")]).toEqual([200, 200, 429]);
  expect(await arrive("192.0.2.2")).toBe(200);
});

test("looks of an address beyond the limit are 429, with a token and without; others look on, and order", async () => {
  const { call, guest, url } = await orderHttp({ limits: { readsPerMinutePerAddress: 3 } });
  const ann = await guest();
  const look = (path: string, address: string, method = "GET") =>
    call(method, path, { token: ann.token, headers: from(address) });
  const menu = async (address: string) => (await call("GET", "/api/products", { headers: from(address) })).status;
  expect([await menu("192.0.2.1"), await menu("192.0.2.1:9"), (await look(ann.path, "192.0.2.1")).status]).toEqual([
    200, 200, 200,
  ]);
  const paths = ["/api/products", ann.path, `${ann.path}/x`, `${ann.path}/x/events`];
  for (const path of paths) expect((await look(path, "192.0.2.1")).status).toBe(429);
  expect((await fetch(`${url}/api/products`, { method: "HEAD", headers: from("192.0.2.1") })).status).toBe(429);
  expect((await look(`${ann.path}/x/cancel`, "192.0.2.1", "POST")).status).toBe(429);
  expect([await menu("192.0.2.2"), (await ann.order(tea, from("192.0.2.1"))).status]).toEqual([200, 201]);
});

test("a guest's looks beyond the limit are 429, from however many addresses; other guests look on", async () => {
  const { call, guest } = await orderHttp({ limits: { readsPerMinute: 2 } });
  const [ann, bob] = [await guest(), await guest()];
  const look = async ({ path, token }: typeof ann, address: string) => {
    const { status, headers } = await call("GET", path, { token, headers: from(address) });
    return [status, headers.has("retry-after")];
  };
  expect([await look(ann, "192.0.2.1"), await look(ann, "192.0.2.2")]).toEqual([
    [200, false],
    [200, false],
  ]);
  expect([await look(ann, "192.0.2.3"), await look(bob, "192.0.2.3")]).toEqual([
    [429, true],
    [200, false],
  ]);
});

test("the addresses of one household's IPv6 network are one", async () => {
  const { call } = await orderHttp({ limits: { sessionsPerMinutePerAddress: 1 } });
  const arrive = async (address: string) => (await call("POST", "/api/session", { headers: from(address) })).status;
  expect([await arrive("2001:db8::1"), await arrive("2001:db8::2"), await arrive("2001:db9::1")]).toEqual([
    200, 429, 200,
  ]);
});

test("an address is one, whatever ports a proxy writes behind it", async () => {
  const { call } = await orderHttp({ limits: { sessionsPerMinutePerAddress: 2 } });
  const arrive = async (address: string) => (await call("POST", "/api/session", { headers: from(address) })).status;
  expect([await arrive("203.0.113.7:50001"), await arrive("203.0.113.7:50002")]).toEqual([200, 200]);
  expect([await arrive("203.0.113.7:50003"), await arrive("203.0.113.7")]).toEqual([429, 429]);
  expect([await arrive("[2001:db8::1]:1"), await arrive("[2001:db8::2]"), await arrive("2001:db8::3")]).toEqual([
    200, 200, 429,
  ]);
});

test("only as many proxies are believed as there are: an address that a caller makes up is nobody's", async () => {
  const { call } = await orderHttp({ limits: { sessionsPerMinutePerAddress: 1 } });
  const arrive = async (address: string) => (await call("POST", "/api/session", { headers: from(address) })).status;
  expect([await arrive("1.1.1.1, 192.0.2.1"), await arrive("2.2.2.2, 192.0.2.1")]).toEqual([200, 429]);
});
