import { expect, test } from "vitest";
import { demandBalance, storedOrders } from "./ledger.ts";
import { newGuest, newProducts, tally } from "./shop.ts";

test("the same request 50 times at once is one order, one reservation and one answer", async () => {
  const [tea = "", cake = ""] = await newProducts(1_000, 1_000);
  const guest = await newGuest();
  const items = [
    { productId: tea, quantity: 2 },
    { productId: cake, quantity: 1 },
  ];
  const answers = await Promise.all(Array.from({ length: 50 }, () => guest.order(items, "once")));
  expect(tally(answers)).toEqual({ 201: 50 });
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect((await guest.get()).body.orders).toHaveLength(1);
  const piles = await demandBalance({ [tea]: 1_000, [cake]: 1_000 });
  expect(piles).toMatchObject({ [tea]: { reserved: 2 }, [cake]: { reserved: 1 } });
});

test("the same key with another body is 422, at the same time as well as later, and changes nothing", async () => {
  const [tea = ""] = await newProducts(1_000);
  const guest = await newGuest();
  const wish = (quantity: number) => [{ productId: tea, quantity }];
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => guest.order(wish(1 + (index % 2)), "once")),
  );
  expect(tally(answers)).toEqual({ 201: 10, 422: 10 });
  const placed = answers.find(({ status }) => status === 201)?.body ?? {};
  const id = String(placed.id);
  const won = (placed.items as { quantity: number }[])[0]?.quantity ?? 0;
  const before = (await storedOrders([id])).get(id)?.lines;

  expect((await guest.order(wish(3 - won), "once")).body).toMatchObject({
    type: "/problems/idempotency-key-reused",
    errors: [{ field: "Idempotency-Key" }],
  });
  expect((await guest.order([{ productId: "no-such-product", quantity: 1 }], "once")).status).toBe(422);
  expect((await guest.order(wish(won), "once")).body).toEqual(placed);
  expect((await storedOrders([id])).get(id)?.lines).toEqual(before);
  expect((await guest.get()).body.orders).toHaveLength(1);
  expect((await demandBalance({ [tea]: 1_000 }))[tea]).toMatchObject({ reserved: won });
});
