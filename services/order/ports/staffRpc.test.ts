import { randomUUID } from "node:crypto";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Code, createClient, createRouterTransport } from "@connectrpc/connect";
import { describe, expect, test } from "vitest";
import { serverErrors } from "#common/connect/errors";
import { OrderService, OrderStatus, RefundStatus } from "#common/genproto/order/v1/order_pb";
import { OrderStaffService } from "#common/genproto/order/v1/staff_pb";
import { silentLogger } from "#common/logging";
import { waitingOrder, wish } from "../testing/app.ts";
import { noon } from "../testing/orders.ts";
import { orderRpc } from "./rpc.ts";
import { orderStaffRpc } from "./staffRpc.ts";

const act = (fields = {}) => ({ requestId: randomUUID(), subject: "eve", name: "Eve", reason: "", ...fields });
const euros = (amount: bigint) => ({ amount, currency: "eur" });
const invalid = { code: Code.InvalidArgument };

/** A paid order, as the staff service and payment reach it. */
async function called() {
  const made = await waitingOrder();
  made.takeMoney();
  await made.pay();
  const transport = createRouterTransport(
    (router) => {
      orderRpc(made.app, silentLogger)(router);
      orderStaffRpc(made.app)(router);
    },
    { router: { interceptors: [serverErrors(silentLogger)] } },
  );
  const staff = createClient(OrderStaffService, transport);
  return { ...made, store: made.orders, staff, orders: createClient(OrderService, transport) };
}

describe("OrderStaffService", () => {
  test("takes, ticks, finishes and takes back a ticket, and shows it on the board at each step", async () => {
    const { staff, orderId } = await called();
    const board = async () => (await staff.listTickets({})).tickets.map(({ status }) => status);
    expect(await board()).toEqual([OrderStatus.PAID]);
    const { ticket } = await staff.takeTicket({ act: act(), orderId });
    expect(ticket).toMatchObject({
      orderId,
      number: "NNKEY1",
      claimedBy: "staff:eve",
      leaseEndsAt: timestampFromDate(new Date(noon + 3_600_000)),
      paidAt: timestampFromDate(new Date(noon)),
      lines: [{ productId: "tea", quantity: 2, done: false }],
    });
    const ticked = await staff.tickDish({ act: act(), orderId, productId: "tea", done: true });
    expect(ticked.ticket?.lines[0]?.done).toBe(true);
    const ready = await staff.finishTicket({ act: act(), orderId });
    expect([ready.ticket?.status, ready.ticket?.finishedAt]).toEqual([
      OrderStatus.READY,
      timestampFromDate(new Date(noon)),
    ]);
    const back = await staff.takeBackTicket({ act: act(), orderId });
    expect([back.ticket?.status, await board()]).toEqual([OrderStatus.COOKING, [OrderStatus.COOKING]]);
  });

  test("gives a part back, shows the order's file, and refuses more than is left", async () => {
    const { staff, orderId, cook } = await called();
    await cook();
    const request = { act: act({ reason: "cold" }), orderId, amount: euros(200n) };
    const first = await staff.refundOrder(request);
    expect(first.refund).toMatchObject({
      id: request.act.requestId,
      amount: euros(200n),
      status: RefundStatus.REFUNDING,
      by: "staff:eve",
      reason: "cold",
    });
    expect(await staff.refundOrder(request)).toEqual(first);
    const file = await staff.getOrderFile({ orderId });
    expect(file).toMatchObject({ number: "NNKEY1", refundable: euros(300n), refunds: [first.refund] });
    expect(file.openEntries.map(({ type }) => type)).toEqual(["partial_refund"]);
    const more = { act: act(), orderId, amount: euros(301n) };
    await expect(staff.refundOrder(more)).rejects.toMatchObject({ code: Code.FailedPrecondition });
    await expect(
      staff.refundOrder({ ...more, act: act(), amount: { amount: 1n, currency: "usd" } }),
    ).rejects.toMatchObject(invalid);
    const { page } = await staff.listOrderActs({ filter: { action: "order.refund" } });
    expect(page?.records.map(({ refusal }) => refusal !== "")).toContain(true);
    expect(page?.records).toHaveLength(3);
  });

  test("cancels and announces, and has nothing for an order that does not exist", async () => {
    const { staff, orderId } = await called();
    const { order } = await staff.staffCancelOrder({ act: act(), orderId });
    expect([order?.status, order?.history.at(-1)?.by]).toEqual([OrderStatus.CANCELLED, "staff:eve"]);
    expect(await staff.announceOrder({ act: act(), orderId })).toBeDefined();
    const notFound = { code: Code.NotFound };
    await expect(staff.getOrderFile({ orderId: "nobody's" })).rejects.toMatchObject(notFound);
    await expect(staff.staffCancelOrder({ act: act(), orderId: "nobody's" })).rejects.toMatchObject(notFound);
  });

  test("finds orders by the number that the guest reads, in any case, page by page", async () => {
    const { staff, app, orderId, clock } = await called();
    for (const key of ["a", "b"]) {
      clock.now += 1_000;
      await app.createOrder(wish({ cake: 1 }, key));
    }
    const found = async (search: Parameters<typeof staff.searchOrders>[0]) =>
      (await staff.searchOrders(search)).orders.map(({ id }) => id);
    expect(await found({ number: "#nnkey1" })).toEqual([orderId]);
    expect(await found({ statuses: [OrderStatus.PAID] })).toEqual([orderId]);
    expect(await found({ productId: "cake", leastAmount: 250n, mostAmount: 250n })).toEqual(["ann/b", "ann/a"]);
    const { orders, nextPageToken } = await staff.searchOrders({ pageSize: 2 });
    expect(orders.map(({ id }) => id)).toEqual(["ann/b", "ann/a"]);
    expect(await found({ pageSize: 2, pageToken: nextPageToken })).toEqual([orderId]);
  });

  test("refuses acts of nobody and questions out of bounds, and changes nothing", async () => {
    const { staff, orderId, order } = await called();
    const before = await order();
    const [never, now] = [{ seconds: 2n ** 60n }, timestampFromDate(new Date(noon))];
    const requests = [
      staff.takeTicket({ orderId }),
      staff.takeTicket({ orderId, act: act({ requestId: "1" }) }),
      staff.takeTicket({ orderId, act: act({ subject: "" }) }),
      staff.takeTicket({ orderId, act: act({ reason: "x".repeat(501) }) }),
      staff.takeTicket({ orderId, act: act(), leaseSeconds: 59 }),
      staff.listTickets({ finishedWithinSeconds: 3_601 }),
      staff.searchOrders({ pageSize: 101 }),
      staff.searchOrders({ pageToken: "x" }),
      staff.searchOrders({ number: ".*" }),
      staff.searchOrders({ statuses: [OrderStatus.UNSPECIFIED] }),
      staff.searchOrders({ leastAmount: -1n }),
      staff.listOrderActs({ filter: { pageSize: 201 } }),
      staff.getTakings({}),
      staff.getTakings({ from: never, until: now }),
      staff.searchOrders({ until: never }),
      staff.listOrderActs({ filter: { from: never } }),
    ];
    for (const outcome of await Promise.allSettled(requests)) expect(outcome).toMatchObject({ reason: invalid });
    expect(await order()).toEqual(before);
  });

  test("tells what came to nothing, why, and what was found wrong", async () => {
    const { staff, orderId, store, stamp } = await called();
    expect(await staff.listTrouble({})).toMatchObject({ stuck: [], findings: [] });
    await store.update(orderId, (order) => {
      order.giveBack({ id: "r1", by: "staff:eve", reason: "" }, stamp());
      order.note({ kind: "not_sold", outcome: "reported", at: stamp().at });
      return order.giveUp("r1", "no answer", stamp());
    });
    const at = timestampFromDate(new Date(noon));
    const entries = [{ id: "r1", why: "no answer", since: at }];
    expect(await staff.listTrouble({})).toMatchObject({
      stuck: [{ orderId, number: "NNKEY1", status: OrderStatus.PAID, entries }],
      findings: [{ orderId, number: "NNKEY1", kind: "not_sold", repaired: false, at }],
    });
  });

  test("says which field of a question is wrong", async () => {
    const { staff } = await called();
    const words = { ...invalid, rawMessage: expect.stringMatching(/number: Letters and digits alone/) };
    await expect(staff.searchOrders({ number: "7f-3a" })).rejects.toMatchObject(words);
  });

  test("tells the takings of a time", async () => {
    const { staff } = await called();
    const [from, until] = [timestampFromDate(new Date(noon)), timestampFromDate(new Date(noon + 3_600_000))];
    expect(await staff.getTakings({ from, until })).toMatchObject({
      hours: [{ hour: from, orders: 1, taken: euros(500n), refunded: euros(0n) }],
      dishes: [{ productId: "tea", units: 2, taken: euros(500n) }],
    });
  });
});

test("RecordRefunds stops the cooking of an order whose money is all back, and refuses what says nothing", async () => {
  const { orders, orderId, status } = await called();
  const refund = { refundId: "re_1", amount: euros(500n), status: RefundStatus.SUCCEEDED };
  for (const wrong of [
    { ...refund, refundId: "" },
    { ...refund, status: RefundStatus.UNSPECIFIED },
    { refundId: "re_1" },
  ])
    await expect(orders.recordRefunds({ orderId, refunds: [wrong] })).rejects.toMatchObject(invalid);
  await orders.recordRefunds({ orderId, refunds: [refund] });
  await orders.recordRefunds({ orderId, refunds: [refund] });
  expect(await status()).toBe("refunded");
});
