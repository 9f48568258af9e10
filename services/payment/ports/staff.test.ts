import { randomUUID } from "node:crypto";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { afterEach, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { RefundState } from "#common/genproto/payment/v1/payment_pb";
import { refundStateOf } from "../testing/client.ts";
import { sessionPaid } from "../testing/events.ts";
import { paidOrder, stopListening } from "../testing/waiting.ts";

afterEach(stopListening);

const actOf = (changes: object = {}) => ({
  ...{ requestId: randomUUID(), subject: "olga", name: "Olga", reason: "the guest called" },
  ...changes,
});
const refund = { case: "refund", value: {} } as const;
const dismiss = { case: "dismiss", value: {} } as const;

/** A paid order, and 11.99 eur by another payment that is no order's. */
async function putAside(options: Parameters<typeof paidOrder>[0] = {}) {
  const parts = await paidOrder(options);
  const { checkout, send } = parts;
  const found = checkout.found.get("cs_order-1");
  if (found?.state.status !== "paid") throw new Error("nobody paid");
  const taken = { amount: 1199, currency: "eur" };
  const confirmation = { ...found.state.confirmation, paymentId: "pi_9", taken };
  checkout.take({ ...found, orderId: "order-9" }, { ...found.state, confirmation });
  await send(sessionPaid("order-9", { amount_total: 1199, payment_intent: "pi_9" }, { id: "evt_9" }));
  const left = async () => (await parts.staff.listMoney({})).putAside.map(({ eventId }) => eventId);
  const records = async (filter: object = {}) => (await parts.staff.listPaymentActs({ filter })).page?.records ?? [];
  return { ...parts, left, records };
}

test("money that was put aside goes back, once, and the act is on record", async () => {
  const { staff, checkout, left, records } = await putAside();
  const act = actOf();
  expect(await left()).toEqual(["evt_9"]);
  for (let times = 0; times < 2; times++) await staff.resolvePutAside({ act, eventId: "evt_9", decision: refund });
  expect(checkout.refunds).toMatchObject([{ id: act.requestId, paymentId: "pi_9", amount: 1199 }]);
  expect(await left()).toEqual([]);
  expect(await records()).toMatchObject([
    {
      ...{ id: act.requestId, subject: "olga", name: "Olga", reason: "the guest called", refusal: "" },
      ...{ action: "put_aside.refund", target: "evt_9", before: '{"decision":null}', after: '{"decision":"refund"}' },
    },
  ]);
});

test("the payments of several orders are told together, and an order that nobody knows is left out", async () => {
  const { staff } = await paidOrder();
  const { files } = await staff.listPaymentFiles({ orderIds: ["order-1", "nobody's"] });
  expect(files).toEqual([await staff.getPaymentFile({ orderId: "order-1" })]);
  const tooMany = Array.from({ length: 101 }, (_, index) => `order-${index}`);
  await expect(staff.listPaymentFiles({ orderIds: tooMany })).rejects.toMatchObject({ kind: "invalid" });
});

test("two who decide at once: one is heard, the other is told who was, and both are on record", async () => {
  const { staff, checkout, left, records } = await putAside();
  const [olga, carl] = [actOf(), actOf({ subject: "carl", name: "Carl" })];
  const decided = await Promise.allSettled([
    staff.resolvePutAside({ act: olga, eventId: "evt_9", decision: refund }),
    staff.resolvePutAside({ act: carl, eventId: "evt_9", decision: dismiss }),
  ]);
  expect(decided.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = decided.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toMatchObject([
    { kind: "conflict", message: expect.stringMatching(/decided before, by (Olga|Carl)/) },
  ]);
  expect(await left()).toEqual([]);
  expect((await records()).map(({ refusal }) => refusal !== "").sort()).toEqual([false, true]);
  expect(checkout.refunds.length).toBe(decided[0]?.status === "fulfilled" ? 1 : 0);
});

test("a refusal is answered again as it was first, whatever happened since", async () => {
  const { staff, records, send } = await putAside();
  const act = actOf();
  const ask = () => staff.resolvePutAside({ act, eventId: "evt_8", decision: dismiss });
  await expect(ask()).rejects.toMatchObject({ kind: "not_found" });
  await send(sessionPaid("order-8", {}, { id: "evt_8" }));
  await expect(ask()).rejects.toMatchObject({ kind: "not_found" });
  expect(await records()).toMatchObject([
    { id: act.requestId, target: "evt_8", refusal: "No message of this id was put aside" },
  ]);
});

test("a request id that was used for one message decides on no other", async () => {
  const { staff, send, left } = await putAside();
  await send(sessionPaid("order-8", {}, { id: "evt_8" }));
  const act = actOf();
  await staff.resolvePutAside({ act, eventId: "evt_9", decision: dismiss });
  const other = staff.resolvePutAside({ act, eventId: "evt_8", decision: dismiss });
  await expect(other).rejects.toMatchObject({ kind: "conflict" });
  expect(await left()).toEqual(["evt_8"]);
});

test.each([
  ["somebody else", { subject: "carl" }, dismiss],
  ["another reason", { reason: "no reason" }, dismiss],
  ["another decision", {}, refund],
])("a request id that was used is no other act's: %s", async (_name, changes, decision) => {
  const { staff, checkout, records } = await putAside();
  const [done, refused] = [actOf(), actOf()];
  await staff.resolvePutAside({ act: done, eventId: "evt_9", decision: dismiss });
  const again = (act: object, eventId: string, decision: typeof refund | typeof dismiss) =>
    staff.resolvePutAside({ act, eventId, decision });
  await expect(again(refused, "evt_8", dismiss)).rejects.toMatchObject({ kind: "not_found" });
  const conflict = { kind: "conflict", message: expect.stringMatching(/another act/) };
  await expect(again({ ...done, ...changes }, "evt_9", decision)).rejects.toMatchObject(conflict);
  await expect(again({ ...refused, ...changes }, "evt_8", decision)).rejects.toMatchObject(conflict);
  expect([checkout.refunds, (await records()).length]).toEqual([[], 2]);
  await again(done, "evt_9", dismiss);
});

test("an act that was interrupted before it was recorded is nobody else's, and can be done", async () => {
  const { staff, keep, left, records } = await putAside();
  const { save } = keep;
  keep.save = async (key, ...its) => {
    if (key === "put-aside-evt_9") throw new AppError("unavailable", "away");
    return save(key, ...its);
  };
  const act = actOf();
  const decide = (changes: object = {}, decision: typeof refund | typeof dismiss = dismiss) =>
    staff.resolvePutAside({ act: { ...act, ...changes }, eventId: "evt_9", decision });
  await expect(decide()).rejects.toMatchObject({ kind: "unavailable" });
  expect([await left(), await records()]).toEqual([["evt_9"], []]);
  keep.save = save;
  const another = { kind: "conflict", message: expect.stringMatching(/another act/) };
  await expect(decide({ subject: "carl" })).rejects.toMatchObject(another);
  await expect(decide({}, refund)).rejects.toMatchObject(another);
  await decide();
  expect([await left(), (await records()).length]).toEqual([[], 1]);
});

test.each([
  ["no UUID", { requestId: "1" }],
  ["no subject", { subject: "" }],
  ["a reason of a thousand characters", { reason: "x".repeat(1000) }],
])("an act with %s is refused, and decides nothing", async (_name, changes) => {
  const { staff, left, records } = await putAside();
  const asked = staff.resolvePutAside({ act: actOf(changes), eventId: "evt_9", decision: dismiss });
  await expect(asked).rejects.toMatchObject({ kind: "invalid" });
  expect([await left(), await records()]).toEqual([["evt_9"], []]);
});

test("a decision without a choice is refused", async () => {
  const { staff } = await putAside();
  await expect(staff.resolvePutAside({ act: actOf(), eventId: "evt_9" })).rejects.toMatchObject({ kind: "invalid" });
});

test("while the provider is away it is decided all the same, shown as under way, and done later", async () => {
  let time = Date.now();
  const { staff, checkout, left, service } = await putAside({ now: () => time });
  const { refund: real } = checkout;
  checkout.refund = () => Promise.reject(new AppError("unavailable", "Stripe could not refund a payment"));
  await staff.resolvePutAside({ act: actOf(), eventId: "evt_9", decision: refund });
  expect(await left()).toEqual([]);
  expect((await staff.listMoney({})).refunds).toMatchObject([{ orderId: "order-9", state: RefundState.REFUNDING }]);
  checkout.refund = real;
  checkout.begin = "refunding";
  const nextRound = () => {
    time += 61_000;
    return service.app.attendAll();
  };
  await nextRound();
  checkout.endRefund("re_1", "succeeded");
  await nextRound();
  expect((await staff.listMoney({})).refunds).toEqual([]);
  expect(checkout.refunds).toHaveLength(1);
});

test("while the store that keeps is away, the refunds of orders go on all the same", async () => {
  let now = Date.now();
  const { client, checkout, service, keep, stored } = await paidOrder({ now: () => now });
  checkout.begin = "refunding";
  await client.refundPayment({ orderId: "order-1", refundId: "a" });
  checkout.endRefund("re_1", "succeeded");
  keep.get = () => Promise.reject(new AppError("unavailable", "away"));
  now += 3_600_000;
  await expect(service.app.attendAll()).rejects.toMatchObject({ kind: "unavailable" });
  expect(await stored()).toMatchObject({ status: "refunded" });
});

test("a refund of it that is refused for good is shown as failed, and can be decided on anew", async () => {
  const { staff, checkout, left } = await putAside();
  checkout.begin = "failed";
  await staff.resolvePutAside({ act: actOf(), eventId: "evt_9", decision: refund });
  expect((await staff.listMoney({})).refunds).toMatchObject([{ orderId: "order-9", state: RefundState.FAILED }]);
  expect(await left()).toEqual(["evt_9"]);
  await staff.resolvePutAside({ act: actOf(), eventId: "evt_9", decision: dismiss });
  expect(await left()).toEqual([]);
});

test("records are found by who, what, on what and when, page by page", async () => {
  const { staff, records, send } = await putAside();
  for (const id of ["evt_1", "evt_2", "evt_3"]) {
    await send(sessionPaid("order-8", {}, { id }));
    const act = actOf({ subject: id === "evt_2" ? "carl" : "olga" });
    await staff.resolvePutAside({ act, eventId: id, decision: dismiss });
  }
  expect((await records({ subject: "carl" })).map(({ target }) => target)).toEqual(["evt_2"]);
  expect((await records({ target: "evt_3", action: "put_aside.dismiss" })).length).toBe(1);
  expect(await records({ action: "put_aside.refund" })).toEqual([]);
  const [first] = await records();
  const at = first?.at ? timestampDate(first.at).getTime() / 1000 : 0;
  const seconds = (time: number) => ({ seconds: BigInt(Math.floor(time)), nanos: 0 });
  expect(await records({ until: seconds(at - 60) })).toEqual([]);
  expect(await records({ from: seconds(at - 60) })).toHaveLength(3);
  const one = (await staff.listPaymentActs({ filter: { pageSize: 2 } })).page;
  const two = (await staff.listPaymentActs({ filter: { pageSize: 2, pageToken: one?.nextPageToken ?? "" } })).page;
  const paged = [...(one?.records ?? []), ...(two?.records ?? [])].map(({ id }) => id);
  expect(paged).toEqual((await records()).map(({ id }) => id));
  expect(two?.nextPageToken).toBe("");
});

test("the file of a payment tells all that went back of it; an unknown order has none", async () => {
  const { staff, client, checkout, tell } = await paidOrder();
  await client.refundPayment({ orderId: "order-1", refundId: "a", amount: { amount: 300n, currency: "eur" } });
  checkout.dispute("pi_1", 100, "needs_response");
  await tell("charge.dispute.created");
  const file = await staff.getPaymentFile({ orderId: "order-1" });
  expect(file).toMatchObject({
    payment: { paymentId: "pi_1" },
    refunds: [
      { id: "a", orderId: "order-1", amount: { amount: 300n }, state: RefundState.SUCCEEDED, providerId: "re_1" },
    ],
    disputes: [{ id: "du_1", amount: { amount: 100n, currency: "eur" }, reason: "fraudulent" }],
    dashboardUrl: "https://dashboard.example/pi_1",
  });
  await expect(staff.getPaymentFile({ orderId: "order-2" })).rejects.toMatchObject({ kind: "not_found" });
});

test("refunds that are under way or failed wait for somebody until another one made them good", async () => {
  const { staff, client, checkout, metrics } = await paidOrder();
  const states = async () => (await staff.listMoney({})).refunds.map((one) => `${one.id} ${refundStateOf(one)}`);
  checkout.begin = "failed";
  await client.refundPayment({ orderId: "order-1", refundId: "a" });
  checkout.begin = "refunding";
  await client.refundPayment({ orderId: "order-1", refundId: "b" });
  expect(await states()).toEqual(["a FAILED", "b REFUNDING"]);
  const shown = await metrics.registry.metrics();
  expect(shown).toMatch(/gorder_refunds\{[^}]*state="failed"[^}]*\} 1\n/);
  expect(shown).toMatch(/gorder_refunds\{[^}]*state="refunding"[^}]*\} 1\n/);
  checkout.endRefund("re_2", "succeeded");
  await client.refundPayment({ orderId: "order-1", refundId: "b" });
  expect(await states()).toEqual([]);
});
