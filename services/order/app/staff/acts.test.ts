import { expect, test } from "vitest";
import { actContract, type Wish } from "#common/testing/act.suite";
import { waitingOrder } from "../../testing/app.ts";

/** A paid order of 11.50 eur. */
async function paidOrder() {
  const made = await waitingOrder();
  made.takeMoney();
  await made.pay();
  const { app, orderId, orders } = made;
  const refund = ({ id: requestId, subject }: Wish, amount: number) =>
    app.staff.refund({
      act: { requestId, subject, name: subject, reason: "" },
      orderId,
      amount: { amount, currency: "eur" },
    });
  return { ...made, refund, records: () => orders.acts({}, { limit: 1_000 }) };
}

actContract("order", async () => {
  const { refund, order, records } = await paidOrder();
  return {
    async act(wish) {
      const { id } = await refund(wish, wish.content === "this" ? 100 : 200);
      return id;
    },
    refusedAct: (wish) => refund(wish, wish.content === "this" ? 999_900 : 999_800),
    effects: async () => (await order()).refunds?.length ?? 0,
    records,
  };
});

test("an order takes so many acts and no more, and its money can still be given back after all the ticks", async () => {
  const { app, orderId, refund, records, order } = await paidOrder();
  const act = (requestId: string) => ({ act: { requestId, subject: "eve", name: "Eve", reason: "" }, orderId });
  await app.staff.takeTicket({ ...act("take"), leaseSeconds: 600 });
  for (let index = 1; index < 200; index++)
    await app.staff.tickDish({ ...act(`tick-${index}`), productId: "tea", done: index % 2 === 1 });
  const before = await order();
  const more = app.staff.tickDish({ ...act("more"), productId: "tea", done: false });
  await expect(more).rejects.toMatchObject({ kind: "conflict", message: expect.stringMatching(/200 times/) });
  expect(await order()).toEqual(before);
  expect((await records()).find(({ id }) => id === "more")?.refusal).toMatch(/200 times/);
  expect((await refund({ id: "refund", subject: "olga", content: "this" }, 100)).acts).toHaveLength(201);
});
