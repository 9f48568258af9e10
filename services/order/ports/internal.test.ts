import { create, toJson } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, test } from "vitest";
import { OrderSchema } from "#common/genproto/order/v1/order_pb";
import { paymentLink } from "../testing/app.ts";
import { orderPaid, waiting } from "../testing/internal.ts";

describe("order.paid", () => {
  test("makes the order paid and its items sold, however often it comes", async () => {
    const { deliver, orderId, orders, stock } = await waiting();
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(orderPaid(orderId))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const history = (await orders.get(orderId))?.snapshot.history ?? [];
    expect(history.filter(({ status }) => status === "paid")).toHaveLength(1);
    expect((await orders.get(orderId))?.snapshot.means).toBe("card");
    expect(stock.held.get(orderId)?.status).toBe("committed");
  });

  test.each<[string, (orderId: string) => unknown]>([
    ["of another amount", (id) => orderPaid(id, 249n)],
    ["for an order that does not exist", () => orderPaid("nobody")],
    ["of another type", (id) => ({ ...orderPaid(id), type: "order.created" })],
    ["of another version", (id) => ({ ...orderPaid(id), data: { meta: { eventId: "1", version: 2 }, orderId: id } })],
    ["without an amount", (id) => ({ ...orderPaid(id), data: { meta: { eventId: "1", version: 1 }, orderId: id } })],
    ["that breaks the schema", (id) => ({ ...orderPaid(id), data: { orderId: [id] } })],
    ["that is no event at all", () => ["order.paid"]],
  ])("%s answers 500, so that it is kept, and changes nothing", async (_, event) => {
    const { deliver, orderId, status } = await waiting();
    expect((await deliver(event(orderId))).status).toBe(500);
    expect(await status()).toBe("waiting_for_payment");
  });
});

describe("OrderService", () => {
  const rpc = "/order.v1.OrderService";

  test("shows an order as others may see it, without its outbox", async () => {
    const { internal, orderId, customerId, orders } = await waiting();
    const { body } = await internal(`${rpc}/GetOrder`, { orderId });
    expect(body.order).toMatchObject({
      id: orderId,
      customerId,
      status: "ORDER_STATUS_WAITING_FOR_PAYMENT",
      version: "2",
      checkoutSessionId: "cs_1",
      expiresAt: expect.stringMatching(/^20\d\d-/),
    });
    expect(Object.keys(body.order as object)).not.toContain("outbox");
    expect(Object.keys(toJson(OrderSchema, create(OrderSchema, {})) as object)).toEqual([]);
    expect((await orders.get(orderId))?.snapshot.version).toBe(2);
  });

  test.each<[string, string, object, string]>([
    ["an unknown order", "GetOrder", { orderId: "none" }, "not_found"],
    ["more statuses than are told at once", "GetStatuses", { orderIds: Array(501).fill("x") }, "invalid_argument"],
    ["no change", "UpdateOrder", { orderId: "ORDER" }, "invalid_argument"],
    [
      "a link that is none",
      "UpdateOrder",
      { orderId: "ORDER", paymentRequested: { paymentLink: "javascript:alert(1)" } },
      "invalid_argument",
    ],
    [
      "a meal that is marked ready past the claims",
      "UpdateOrder",
      { orderId: "ORDER", markedReady: {} },
      "invalid_argument",
    ],
    ["a reason that is none", "CloseUnpaid", { orderId: "ORDER", reason: "customer" }, "invalid_argument"],
    ["a claim of nothing", "ClaimTickets", { kitchenId: "k", count: 0, leaseSeconds: 60 }, "invalid_argument"],
    [
      "a claim of less than nothing",
      "ClaimTickets",
      { kitchenId: "k", count: -1, leaseSeconds: 60 },
      "invalid_argument",
    ],
    [
      "a claim of ten thousand",
      "ClaimTickets",
      { kitchenId: "k", count: 10_000, leaseSeconds: 60 },
      "invalid_argument",
    ],
    ["a claim for ever", "ClaimTickets", { kitchenId: "k", count: 1, leaseSeconds: 86_401 }, "invalid_argument"],
    ["a claim by nobody", "ClaimTickets", { count: 1, leaseSeconds: 60 }, "invalid_argument"],
    ["meals of nobody", "MarkReady", { orderIds: ["ORDER"] }, "invalid_argument"],
    [
      "more meals than a batch takes",
      "MarkReady",
      { kitchenId: "k", orderIds: Array(501).fill("x") },
      "invalid_argument",
    ],
    ["another customer's cancellation", "CancelOrder", { orderId: "ORDER", customerId: "bob" }, "not_found"],
    ["an order of nothing", "CreateOrder", { customerId: "ann", idempotencyKey: "k" }, "invalid_argument"],
    [
      "an order without a key",
      "CreateOrder",
      { customerId: "ann", lines: [{ productId: "tea", quantity: 1 }] },
      "invalid_argument",
    ],
    [
      "an order of too much",
      "CreateOrder",
      { customerId: "ann", idempotencyKey: "k", lines: [{ productId: "tea", quantity: 11 }] },
      "resource_exhausted",
    ],
    ["a page that is none", "ListOrders", { customerId: "ann", pageToken: "__proto__" }, "invalid_argument"],
  ])("%s is refused by code", async (_, method, request, code) => {
    const { internal, orderId, status } = await waiting();
    const asked = JSON.parse(JSON.stringify(request).replace("ORDER", orderId)) as object;
    expect((await internal(`${rpc}/${method}`, asked)).body.code).toBe(code);
    expect(await status()).toBe("waiting_for_payment");
  });

  /** What became of each item: its id and the code that it was refused with, if it was. */
  const codes = (body: Record<string, unknown>) =>
    (body.results as { id: string; refusal?: { code: number } }[]).map(({ id, refusal }) => [id, refusal?.code]);

  test("offers of payments are answered one by one, the same order twice too", async () => {
    const { internal, orderId, placed } = await waiting();
    const { id: other } = await placed();
    const offer = (id: string, link = paymentLink) => ({ orderId: id, paymentLink: link, checkoutSessionId: "cs_1" });
    const offers = [offer(orderId), offer("none"), offer(other, "javascript:alert(1)"), offer(other), offer(other)];
    const { body } = await internal(`${rpc}/OfferPayments`, { offers });
    expect(codes(body)).toEqual([
      [orderId, undefined],
      ["none", Code.NotFound],
      [other, Code.InvalidArgument],
      [other, undefined],
      [other, undefined],
    ]);
  });

  test("payment of the version before may still say where an order is paid, and that nobody will, by one RPC", async () => {
    const { internal, orders, placed } = await waiting();
    const { id: orderId } = await placed();
    const update = (change: object) => internal(`${rpc}/UpdateOrder`, { orderId, ...change });
    const asked = { paymentRequested: { paymentLink, checkoutSessionId: "cs_2" } };
    for (const answer of [await update(asked), await update(asked)])
      expect(answer.body.order).toMatchObject({
        status: "ORDER_STATUS_WAITING_FOR_PAYMENT",
        paymentLink,
        version: "2",
      });
    const { body } = await update({ checkoutClosed: { reason: "payment_failed" } });
    expect(body.order).toMatchObject({ status: "ORDER_STATUS_CANCELLED", version: "3" });
    expect((await orders.get(orderId))?.snapshot.history.at(-1)).toMatchObject({
      by: "payment",
      reason: "payment_failed",
    });
  });

  test("a kitchen claims what was paid, shows nobody's name, and is the only one to finish it", async () => {
    const { internal, orderId, customerId, status, deliver } = await waiting();
    await deliver(orderPaid(orderId));
    const claim = (kitchenId: string) =>
      internal(`${rpc}/ClaimTickets`, { kitchenId, count: 4, leaseSeconds: 60 }).then(({ body }) => body);
    const { tickets } = await claim("one");
    expect(tickets).toMatchObject([{ orderId, lines: [{ productId: "tea", name: "tea", quantity: 1 }] }]);
    expect(JSON.stringify(tickets)).not.toContain(customerId);
    expect(await claim("two")).toEqual({});
    const ready = (kitchenId: string) => internal(`${rpc}/MarkReady`, { kitchenId, orderIds: [orderId, "none"] });
    expect(codes((await ready("two")).body)).toEqual([
      [orderId, Code.FailedPrecondition],
      ["none", Code.NotFound],
    ]);
    expect(await status()).toBe("cooking");
    expect(codes((await ready("one")).body)[0]).toEqual([orderId, undefined]);
    expect(await status()).toBe("ready");
  });

  test("what a kitchen gives back is cooked by the next", async () => {
    const { internal, orderId, status, deliver } = await waiting();
    await deliver(orderPaid(orderId));
    const claim = (kitchenId: string) => internal(`${rpc}/ClaimTickets`, { kitchenId, count: 4, leaseSeconds: 60 });
    const giveBack = async (keepOrderIds: string[]) =>
      (await internal(`${rpc}/ReturnTickets`, { kitchenId: "one", keepOrderIds })).body;
    await claim("one");
    expect([await giveBack([orderId]), await status()]).toEqual([{}, "cooking"]);
    expect([await giveBack([]), await status()]).toEqual([{ returned: 1 }, "paid"]);
    expect((await claim("two")).body.tickets).toMatchObject([{ orderId }]);
  });
});
