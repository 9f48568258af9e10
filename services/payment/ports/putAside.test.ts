import { afterEach, expect, test } from "vitest";
import { sessionPaid } from "../testing/events.ts";
import { stopListening, waiting } from "../testing/waiting.ts";

afterEach(stopListening);

const wrong = (id: string, orderId = "order-1") => sessionPaid(orderId, { amount_total: 1199 }, { id });

test("what is put aside can be looked through, newest first, and is counted once", async () => {
  const { send, staff, metrics } = await waiting();
  for (const id of ["evt_1", "evt_2", "evt_2"]) expect((await send(wrong(id))).status).toBe(200);
  expect((await staff.listMoney({})).putAside).toMatchObject([
    { eventId: "evt_2", reason: "other_amount" },
    {
      eventId: "evt_1",
      orderId: "order-1",
      checkoutSessionId: "cs_order-1",
      taken: { amount: 1199n, currency: "eur" },
      reason: "other_amount",
      at: { seconds: 1_700_000_000n },
    },
  ]);
  const shown = await metrics.registry.metrics();
  expect(shown).toMatch(/gorder_payments_put_aside_total\{[^}]*reason="other_amount"[^}]*\} 2\n/);
  expect(shown).toMatch(/gorder_payments_put_aside\{[^}]*\} 2\n/);
});

test("money for an order that does not exist is put aside", async () => {
  const { send, staff, events } = await waiting();
  expect((await send(sessionPaid("order-2"))).status).toBe(200);
  expect((await staff.listMoney({})).putAside).toMatchObject([{ orderId: "order-2", reason: "unknown_order" }]);
  expect(events.published).toEqual([]);
});

test("another application's sessions in the same account are counted, and push nothing aside", async () => {
  const { send, staff, metrics, orders } = await waiting();
  for (let index = 0; index < 250; index++) {
    const metadata = { orderId: `theirs-${index}` };
    expect((await send(sessionPaid("x", { id: `cs_${index}`, metadata }, { id: `evt_${index}` }))).status).toBe(200);
  }
  expect((await staff.listMoney({})).putAside).toEqual([]);
  expect(await metrics.registry.metrics()).toMatch(/gorder_webhooks_total\{[^}]*outcome="other_app"[^}]*\} 250\n/);
  expect(orders.closed).toEqual([]);
});

test.each(["Müller || 7", "a b", "x".repeat(129)])(
  "of what can be no id of ours (%s) nobody is asked",
  async (orderId) => {
    const { send, orders, state } = await waiting();
    orders.find = () => Promise.reject(new Error("asked"));
    state.get = () => Promise.reject(new Error("asked"));
    expect((await send(sessionPaid("x", { metadata: { orderId } }))).status).toBe(200);
  },
);

test("a session that the version before opened, which bears the old name alone, is the order's all the same", async () => {
  const { send, stored } = await waiting();
  await send(sessionPaid("order-1", { metadata: { orderId: "order-1", customerId: "customer-1" } }));
  expect(await stored()).toMatchObject({ status: "paid" });
  const { send: sendWrong, staff } = await waiting();
  await sendWrong(sessionPaid("order-1", { amount_total: 1, metadata: { orderId: "order-1" } }));
  expect((await staff.listMoney({})).putAside).toMatchObject([{ reason: "other_amount" }]);
});

test("messages that are put aside at the same time are all kept", async () => {
  const { send, staff } = await waiting();
  const ids = Array.from({ length: 6 }, (_, index) => `evt_${index}`);
  await Promise.all(ids.map((id, index) => send(wrong(id, index % 2 ? "order-1" : `order-${index}`))));
  for (const [index, id] of ids.entries()) await send(wrong(id, index % 2 ? "order-1" : `order-${index}`));
  const { putAside } = await staff.listMoney({});
  expect(putAside.map(({ eventId }) => eventId).sort()).toEqual(ids);
});

test("while the store is away, nothing is put aside and the provider shall try again; the other numbers are told", async () => {
  const { send, keep, metrics } = await waiting();
  keep.save = () => Promise.reject(new Error("away"));
  expect((await send(wrong("evt_1"))).status).toBe(500);
  keep.get = () => Promise.reject(new Error("away"));
  const told = await metrics.registry.metrics();
  expect(told).not.toMatch(/gorder_payments_put_aside\{/);
  expect(told).toMatch(/gorder_webhooks_total\{[^}]*outcome="retry"[^}]*\} 1\n/);
});
