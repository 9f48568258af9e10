import { expect, test } from "vitest";
import { demandBalance } from "./ledger.ts";
import { newGuest, newGuests, newProducts, tally } from "./shop.ts";

test("of 500 buyers at once and 100 units, exactly 100 get an order and 400 hear that it is sold out", async () => {
  const [cake = ""] = await newProducts(100);
  const guests = await newGuests(500);
  const answers = await Promise.all(guests.map((guest) => guest.order([{ productId: cake, quantity: 1 }])));
  expect(tally(answers)).toEqual({ 201: 100, 409: 400 });
  for (const { status, body } of answers) {
    if (status === 201) continue;
    expect(body).toMatchObject({
      type: "/problems/out-of-stock",
      errors: [{ field: "items[0].quantity", message: "Sold out" }],
      shortages: [{ productId: cake, requested: 1, available: 0 }],
    });
  }
  const piles = await demandBalance({ [cake]: 100 });
  expect(piles[cake]).toEqual({ available: 0, reserved: 100, sold: 0 });
});

test("orders of several products are all or nothing, whatever order the lines come in, and none waits for another for ever", async () => {
  const [tea = "", cake = "", soup = ""] = await newProducts(100, 100, 20);
  const guests = await newGuests(60);
  const answers = await Promise.all(
    guests.map((guest, index) => {
      const items = [tea, cake, soup].map((productId) => ({ productId, quantity: 1 }));
      return guest.order(index % 2 === 0 ? items : items.toReversed());
    }),
  );
  expect(tally(answers)).toEqual({ 201: 20, 409: 40 });
  for (const { status, body } of answers) {
    if (status === 409) expect(body.shortages).toEqual([{ productId: soup, requested: 1, available: 0 }]);
  }
  const piles = await demandBalance({ [tea]: 100, [cake]: 100, [soup]: 20 });
  expect(piles).toMatchObject({ [tea]: { available: 80 }, [cake]: { available: 80 }, [soup]: { available: 0 } });
});

test("what a cancelled order held can be had again", async () => {
  const [cake = ""] = await newProducts(1);
  const [ann, bob] = [await newGuest(), await newGuest()];
  const items = [{ productId: cake, quantity: 1 }];
  const { body } = await ann.order(items);
  expect((await bob.order(items)).status).toBe(409);
  expect((await ann.post(`/${body.id}/cancel`)).body).toMatchObject({ status: "cancelled" });
  await expect.poll(async () => (await bob.order(items)).status).toBe(201);
  await demandBalance({ [cake]: 1 });
});
