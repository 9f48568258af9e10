import { describe, expect, inject, test } from "vitest";
import { demandBalance, storedOrders } from "./ledger.ts";
import { newGuest, newProducts } from "./shop.ts";

const { apps, appApiToken } = inject("stack");

test.each([
  ["read", "get", ""],
  ["cancelled", "post", "/cancel"],
  ["watched", "get", "/events"],
] as const)("another customer's order, %s, is 404, the same as one that does not exist", async (_, verb, tail) => {
  const [tea = ""] = await newProducts(5);
  const [ann, bob] = [await newGuest(), await newGuest()];
  const id = String((await ann.order([{ productId: tea, quantity: 1 }])).body.id);
  const foreign = await bob[verb](`/${id}${tail}`);
  const missing = await bob[verb](`/0b1f0d0e-0000-5000-8000-000000000000${tail}`);
  const shown = ({ traceId: _, ...body }: Record<string, unknown>) => body;
  expect([foreign.status, shown(foreign.body)]).toEqual([404, shown(missing.body)]);
  expect((await storedOrders([id])).get(id)?.status).not.toBe("cancelled");
  await demandBalance({ [tea]: 5 });
});

describe("an internal route answers 401 without the app token and is nowhere else, and does nothing", () => {
  const event = (type: string, orderId: string) => ({
    specversion: "1.0",
    id: "1",
    source: "test",
    type,
    datacontenttype: "application/json",
    data: {
      meta: { eventId: "1", version: 1, occurredAt: "2026-01-01T00:00:00Z" },
      orderId,
      amount: { amount: "500", currency: "eur" },
      total: { amount: "500", currency: "eur" },
    },
  });
  const rpc = (name: string, request: (id: string, tea: string) => object) =>
    [name, (id: string, tea: string) => request(id, tea)] as const;
  const routes = [
    ["order", "/events/order.paid", (id: string) => event("order.paid", id)],
    ["kitchen", "/events/order.paid", (id: string) => event("order.paid", id)],
    ["payment", "/events/order.created", (id: string) => event("order.created", id)],
    ["order", ...rpc("/order.v1.OrderService/UpdateOrder", (orderId) => ({ orderId, markedReady: {} }))],
    ["order", ...rpc("/order.v1.OrderService/GetOrder", (orderId) => ({ orderId }))],
    ["stock", ...rpc("/stock.v1.StockService/ReleaseReservation", (orderId) => ({ orderId }))],
    ["stock", ...rpc("/stock.v1.StockService/CommitReservation", (orderId) => ({ orderId }))],
    [
      "stock",
      ...rpc("/stock.v1.StockService/ReserveItems", (_, productId) => ({
        reservations: [{ orderId: `theft-${productId}`, lines: [{ productId, quantity: 1 }], ttlSeconds: 60 }],
      })),
    ],
  ] as const;

  test.each(routes)("%s %s", async (app, path, request) => {
    const [tea = ""] = await newProducts(10);
    const guest = await newGuest();
    const id = String((await guest.order([{ productId: tea, quantity: 2 }])).body.id);
    await expect.poll(async () => (await guest.get(`/${id}`)).body.status).toBe("waiting_for_payment");
    for (const token of [undefined, "", `${appApiToken}x`, appApiToken.slice(0, -1)]) {
      const response = await fetch(apps[app].appUrl + path, {
        method: "POST",
        headers: { "content-type": "application/json", ...(token !== undefined && { "dapr-api-token": token }) },
        body: JSON.stringify(request(id, tea)),
      });
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(guest.customerId);
    }
    // With the token too: where guests come in, nobody knows of such a route.
    const door = apps[app];
    if ("url" in door) {
      const headers = { "content-type": "application/json", "dapr-api-token": appApiToken };
      const body = JSON.stringify(request(id, tea));
      expect((await fetch(door.url + path, { method: "POST", headers, body })).status).toBe(404);
    }
    expect((await guest.get(`/${id}`)).body).toMatchObject({ status: "waiting_for_payment", version: 2 });
    expect((await demandBalance({ [tea]: 10 }))[tea]).toEqual({ available: 8, reserved: 2, sold: 0 });
  });
});
