import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { portOf, startServer } from "#common/http/listen";
import { marksOf } from "../../services/payment/marks.ts";
import { secretKey, standin, wish } from "../../services/standin/testing.ts";
import { readProvider } from "./provider.ts";
import { ownMoney } from "./read.ts";

/** A server that lists these things as Stripe does: newest first, at most a hundred at a time. */
async function listing(lists: Record<string, readonly { id: string }[]>) {
  const server = createServer(({ url = "", headers }, response) => {
    const { pathname, searchParams } = new URL(url, "http://stripe");
    const all = lists[pathname.replace("/v1/", "")] ?? [];
    const first = all.findIndex(({ id }) => id === searchParams.get("starting_after")) + 1;
    const data = all.slice(first, first + Math.min(Number(searchParams.get("limit") ?? 10), 100));
    const known = headers.authorization === "Bearer sk_test_key";
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify({ object: "list", url: pathname, data, has_more: first + data.length < all.length }));
  });
  await startServer(server, "127.0.0.1", 0);
  onTestFinished(() => void server.close());
  return readProvider({ secretKey: "sk_test_key", apiUrl: `http://127.0.0.1:${portOf(server)}` });
}

const session = (id: string, fields: object = {}) => ({
  id,
  client_reference_id: `order-${id}`,
  metadata: {},
  status: "complete",
  payment_status: "paid",
  amount_total: 500,
  currency: "eur",
  payment_intent: `pi-${id}`,
  ...fields,
});

it("every session and every refund is read, however many pages they fill", async () => {
  const ids = Array.from({ length: 250 }, (_, index) => String(index));
  const sessions = ids.map((id) => session(id));
  const refunds = ids.map((id) => ({ id: `re-${id}`, amount: 500, status: "succeeded", payment_intent: `pi-${id}` }));
  const provider = await listing({ "checkout/sessions": sessions, refunds });
  expect((await provider.checkouts()).map(({ orderId }) => orderId)).toEqual(ids.map((id) => `order-${id}`));
  expect((await provider.refunds()).map(({ paymentId }) => paymentId)).toEqual(ids.map((id) => `pi-${id}`));
});

it("a session is told with its order, what it asks for, and whether that was taken", async () => {
  const { checkouts } = await listing({
    "checkout/sessions": [
      session("1"),
      session("2", { payment_status: "unpaid", payment_intent: { id: "pi-expanded" } }),
      session("3", { client_reference_id: null, metadata: { orderId: "named-elsewhere" }, payment_intent: null }),
      session("4", { client_reference_id: null }),
      session("5", { client_reference_id: null, metadata: { app: "gorder", gorder_order_id: "marked" } }),
    ],
  });
  const total = { amount: 500, currency: "eur" };
  const unsure = { open: false, total, perhapsOthers: true };
  expect(await checkouts()).toEqual([
    { id: "1", orderId: "order-1", paid: true, paymentId: "pi-1", ...unsure },
    { id: "2", orderId: "order-2", paid: false, paymentId: "pi-expanded", ...unsure },
    { id: "3", orderId: "named-elsewhere", paid: true, paymentId: undefined, ...unsure },
    { id: "5", orderId: "marked", open: false, paid: true, total, paymentId: "pi-5" },
  ]);
});

it("a refund that failed gave nothing back, one under way will", async () => {
  const refund = (id: string, status: string) => ({ id, status, amount: 500, payment_intent: "pi" });
  const { refunds } = await listing({
    refunds: [refund("1", "failed"), refund("2", "canceled"), refund("3", "pending"), refund("4", "succeeded")],
  });
  expect(await refunds()).toEqual([
    { id: "3", amount: 500, paymentId: "pi", state: "refunding" },
    { id: "4", amount: 500, paymentId: "pi", state: "succeeded" },
  ]);
});

it("a dispute that was lost gave money back, one that is open may, and one that was won did not", async () => {
  const dispute = (id: string, status: string) => ({ id, status, amount: 500, payment_intent: "pi" });
  const statuses = ["won", "lost", "needs_response", "warning_under_review"];
  const { refunds } = await listing({ disputes: statuses.map((status) => dispute(status, status)) });
  expect(await refunds()).toEqual([
    { id: "lost", amount: 500, paymentId: "pi", state: "succeeded" },
    { id: "needs_response", amount: 500, paymentId: "pi", state: "refunding" },
  ]);
});

it("what another application took in the same account is none of ours, however it calls its things", async () => {
  const provider = await listing({
    "checkout/sessions": [
      session("theirs", { client_reference_id: "cart-7", metadata: { orderId: "4711" } }),
      session("before", { client_reference_id: "order-1", metadata: { orderId: "order-1" } }),
      session("stray", { client_reference_id: null, metadata: { app: "gorder", gorder_order_id: "ghost" } }),
    ],
    refunds: ["theirs", "before"].map((id) => ({
      id: `re-${id}`,
      amount: 100,
      status: "succeeded",
      payment_intent: `pi-${id}`,
    })),
  });
  const own = ownMoney(await provider.checkouts(), await provider.refunds(), [{ id: "order-1" }]);
  expect(own.checkouts.map(({ orderId }) => orderId)).toEqual(["order-1", "ghost"]);
  expect(own.refunds.map(({ id }) => id)).toEqual(["re-before"]);
});

it("Stripe's stand-in is read as Stripe is", async () => {
  const { origin, stripe, press, close } = await standin();
  onTestFinished(close);
  const orderIds = Array.from({ length: 120 }, (_, index) => `order-${index}`);
  for (const id of orderIds) await stripe.checkout.sessions.create({ ...wish, metadata: marksOf(id) });
  const provider = readProvider({ secretKey, apiUrl: origin });
  const [last, ...others] = await provider.checkouts();
  expect([last, ...others].map((one) => one?.orderId)).toEqual(orderIds.toReversed());
  await press(`${origin}/pay/${last?.id}`, "pay");
  const paid = (await provider.checkouts())[0];
  expect(paid).toMatchObject({
    orderId: "order-119",
    open: false,
    paid: true,
    total: { amount: 1250, currency: "eur" },
  });
  await stripe.refunds.create({ payment_intent: paid?.paymentId ?? "" });
  expect(await provider.refunds()).toMatchObject([{ paymentId: paid?.paymentId, amount: 1250 }]);
});
