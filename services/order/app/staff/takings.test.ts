import { expect, test } from "vitest";
import { forCaller } from "#common/caller";
import { keptSpans } from "#common/testing/spans";
import { wish } from "../../testing/app.ts";
import { noon, placed } from "../../testing/orders.ts";
import { eur, staffedShop } from "../../testing/staff.ts";

// What carries a context through what is waited for.
keptSpans();

test("takings are read on for nobody who has given up", async () => {
  const { app, orders } = await staffedShop();
  const gone = new AbortController();
  let pages = 0;
  orders.search = async (_, { limit }) => {
    if (++pages === 2) gone.abort();
    return pages < 5 ? Array.from({ length: limit }, () => placed()) : [];
  };
  const asked = forCaller(gone.signal, () => app.staff.takings({ from: new Date(noon), until: new Date(noon + 1) }));
  await expect(asked).rejects.toMatchObject({ kind: "unavailable" });
  expect(pages).toBe(2);
});

test("takings are by the hour that the money came and went in, and by dish; at most 31 days", async () => {
  const { app, staff, on, pass, clock } = await staffedShop();
  clock.now += 2 * 3_600_000;
  await staff.refund({ ...on(), amount: eur(200) });
  await pass(0);
  const [from, until] = [new Date(noon), new Date(noon + 24 * 3_600_000)];
  expect(await app.staff.takings({ from, until })).toEqual({
    hours: [
      { hour: from, orders: 1, taken: eur(500), refunded: eur(0) },
      { hour: new Date(noon + 7_200_000), orders: 0, taken: eur(0), refunded: eur(200) },
    ],
    dishes: [{ productId: "tea", name: "tea", units: 2, taken: eur(500) }],
    means: [{ means: "", orders: 1, taken: eur(500), refunded: eur(200) }],
  });
  const later = { from: new Date(noon + 7_200_000), until: new Date(noon + 32 * 24 * 3_600_000) };
  await expect(app.staff.takings(later)).rejects.toMatchObject({ kind: "invalid" });
  expect((await app.staff.takings({ ...later, until })).hours).toHaveLength(1);
});

test("takings are by what was paid with, and what went back is with what its order was paid with", async () => {
  const { app, staff, on } = await staffedShop();
  const { id, total } = await app.createOrder(wish({ tea: 2 }, "key-2"));
  await app.offerPayment({ orderId: id, paymentLink: "https://pay.example/2", checkoutSessionId: "cs_2" });
  await app.payOrder({ orderId: id, amount: total, means: "ideal" });
  await staff.refund({ ...on(), orderId: id, amount: eur(200) });
  const { means } = await staff.takings({ from: new Date(noon), until: new Date(noon + 1) });
  expect(means.toSorted((a, b) => (a.means < b.means ? -1 : 1))).toEqual([
    { means: "", orders: 1, taken: eur(500), refunded: eur(0) },
    { means: "ideal", orders: 1, taken: eur(500), refunded: eur(200) },
  ]);
});

test("what was to go back and did not is not taken for given back", async () => {
  const { app, staff, on } = await staffedShop();
  const wanted = { ...on(), amount: eur(200) };
  await staff.refund(wanted);
  const refunds = [{ id: wanted.act.requestId, amount: eur(200), status: "failed" } as const];
  await app.recordRefunds({ orderId: wanted.orderId, refunds });
  const { means } = await staff.takings({ from: new Date(noon), until: new Date(noon + 1) });
  expect(means).toEqual([{ means: "", orders: 1, taken: eur(500), refunded: eur(0) }]);
});
