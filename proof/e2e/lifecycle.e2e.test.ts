import { expect, test } from "vitest";
import { tryToPay } from "../../ops/demo/guest.ts";
import { demandBalance, storedOrders } from "./ledger.ts";
import { type Guest, newGuests, newProducts } from "./shop.ts";

/** An order of one tea that can be paid, and its payment page. */
async function payable(guest: Guest, tea: string) {
  const { body } = await guest.order([{ productId: tea, quantity: 1 }]);
  const id = String(body.id);
  const see = async () => (await guest.get(`/${id}`)).body;
  await expect.poll(async () => (await see()).paymentLink).toBeDefined();
  const link = String((await see()).paymentLink);
  return {
    id,
    status: async () => (await see()).status,
    cancel: () => guest.post(`/${id}/cancel`),
    /** @returns whether money was taken. */
    pay: () => tryToPay(link),
  };
}

test("orders that are cancelled while they are paid are served or paid back, each one of the two, and the books balance", async () => {
  const [tea = ""] = await newProducts(100);
  const guests = await newGuests(12);
  const ends = await Promise.all(
    guests.map(async (guest, index) => {
      const order = await payable(guest, tea);
      if (index % 3 === 0) await order.cancel();
      const [taken] = await Promise.all([order.pay(), order.cancel()]);
      await expect.poll(order.status).toMatch(taken ? /^(ready|refunded)$/ : /^cancelled$/);
      return { id: order.id, status: await order.status() };
    }),
  );
  const sold = ends.filter(({ status }) => status === "ready").length;
  expect((await demandBalance({ [tea]: 100 }))[tea]).toEqual({ available: 100 - sold, reserved: 0, sold });
  const stored = await storedOrders(ends.map(({ id }) => id));
  for (const { history } of stored.values()) {
    const reached = history.map(({ status }) => status);
    expect(new Set(reached).size).toBe(reached.length);
  }
});

test("the page of a cancelled order takes no money any more", async () => {
  const [tea = ""] = await newProducts(1);
  const [guest] = await newGuests(1);
  if (!guest) throw new Error("one guest was asked for");
  const order = await payable(guest, tea);
  await order.cancel();
  const piles = await demandBalance({ [tea]: 1 });
  expect(piles[tea]).toEqual({ available: 1, reserved: 0, sold: 0 });
  expect([await order.pay(), await order.status()]).toEqual([false, "cancelled"]);
});
