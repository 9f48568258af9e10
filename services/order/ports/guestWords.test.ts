import { createClient, createRouterTransport } from "@connectrpc/connect";
import { expect, test, vi } from "vitest";
import { serverErrors } from "#common/connect/errors";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { OrderStaffService } from "#common/genproto/order/v1/staff_pb";
import { silentLogger } from "#common/logging";
import { orderApp } from "../testing/app.ts";
import { orderHttp } from "../testing/http.ts";
import { orderRpc } from "./rpc.ts";
import { orderStaffRpc } from "./staffRpc.ts";

const words = { guestName: "Zoë Müller", note: "no nuts, <b>please</b> 🥜" };

function clients(app: ReturnType<typeof orderApp>["app"]) {
  const transport = createRouterTransport(
    (router) => {
      orderRpc(app, silentLogger)(router);
      orderStaffRpc(app)(router);
    },
    { router: { interceptors: [serverErrors(silentLogger)] } },
  );
  return { orders: createClient(OrderService, transport), staff: createClient(OrderStaffService, transport) };
}

/** A paid order with a note and a name. */
async function paid() {
  const made = orderApp();
  const { orders, staff } = clients(made.app);
  const lines = [{ productId: "tea", quantity: 1, note: words.note }];
  const wish = { customerId: "ann", idempotencyKey: "k", lines, guestName: ` ${words.guestName} ` };
  const { order } = await orders.createOrder(wish);
  await made.app.payOrder({ orderId: order?.id ?? "", amount: { amount: 250, currency: "eur" } });
  return { ...made, orders, staff, wish, order };
}

test("a note and a name reach the kitchen, the board, and the order's file", async () => {
  const { orders, staff, order } = await paid();
  const { guestName, note } = words;
  expect(order).toMatchObject({ guestName, items: [{ note }] });
  const orderId = order?.id ?? "";
  expect((await staff.listTickets({})).tickets).toMatchObject([{ guestName, lines: [{ note }] }]);
  expect(await staff.getOrderFile({ orderId })).toMatchObject({ order: { guestName }, ticket: { lines: [{ note }] } });
  const { tickets } = await orders.claimTickets({ kitchenId: "k", count: 1, leaseSeconds: 60 });
  expect(tickets).toMatchObject([{ guestName, lines: [{ note }] }]);
});

test("staff find an order by the name, however it is written, and refuse one that is too long", async () => {
  const { staff, order } = await paid();
  const found = async (guestName: string) => (await staff.searchOrders({ guestName })).orders.map(({ id }) => id);
  for (const typed of ["Zoë Müller", "zoe  muller ", "ZOE MÜLLER"]) expect(await found(typed)).toEqual([order?.id]);
  for (const typed of ["Zoe", "ZOË m"]) expect(await found(typed)).toHaveLength(1);
  for (const typed of ["Zo", "Muller"]) expect(await found(typed)).toEqual([]);
  await expect(found("x".repeat(201))).rejects.toThrow(/guest_name/);
});

test("a dish has the name that its guest reads beside the one that the kitchen has", async () => {
  const { guest, stock } = await orderHttp();
  stock.german.set("tea", "Tee");
  const { order } = await guest();
  const { body } = await order({ items: [{ productId: "tea", quantity: 1 }], language: "de" });
  expect(body).toMatchObject({ items: [{ name: "tea", translatedName: "Tee" }] });
});

test("a guest's words are plain text, whatever is in them, and spaces around them are dropped", async () => {
  const { guest } = await orderHttp();
  const { order } = await guest();
  const items = [{ productId: "tea", quantity: 1, note: `  ${words.note} ` }];
  expect((await order({ items, guestName: " Zoë " })).body).toMatchObject({
    guestName: "Zoë",
    items: [{ note: words.note }],
  });
  for (const nothing of [" ", "\u200b", "\u2060 \ufeff\u00ad", "\u3164"]) {
    const plain = await order({ items: [{ productId: "tea", quantity: 1, note: nothing }], guestName: nothing });
    expect([plain.status, plain.text]).toEqual([201, expect.not.stringMatching(/note|guestName/)]);
  }
});

test("the guest's language goes to payment with the order's event, and is no part of what the key stands for", async () => {
  const { guest, bus } = await orderHttp();
  const { order } = await guest();
  const [headers, items] = [{ "idempotency-key": "once" }, [{ productId: "tea", quantity: 1 }]];
  const first = await order({ items, language: "de-AT" }, headers);
  expect((await order({ items, language: "en" }, headers)).text).toBe(first.text);
  await vi.waitFor(() => expect(bus.published).toHaveLength(1));
  expect(bus.published[0]?.data).toMatchObject({ language: "de-AT" });
});

test("the same key with another note or name is 422", async () => {
  const { guest } = await orderHttp();
  const { order } = await guest();
  const [headers, line] = [{ "idempotency-key": "once" }, { productId: "tea", quantity: 1 }];
  expect((await order({ items: [{ ...line, note: "hot" }] }, headers)).status).toBe(201);
  for (const other of [{ items: [line] }, { items: [{ ...line, note: "hot" }], guestName: "Ann" }])
    expect((await order(other, headers)).status).toBe(422);
});
