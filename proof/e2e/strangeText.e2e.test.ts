import { expect, test } from "vitest";
import { demandBalance } from "./ledger.ts";
import { newGuest, newProducts } from "./shop.ts";

const strange = ['{"$gt":""}', "' OR 1=1 --", "__proto__", "constructor", "é", "\u0000", "🍲", "%", "_", "tea "];

test("strange text is text or 400 wherever it goes, and has no effect on the books", async () => {
  const [tea = ""] = await newProducts(100);
  const guest = await newGuest();
  await guest.order([{ productId: tea, quantity: 1 }], "first");
  for (const text of strange) {
    const encoded = encodeURIComponent(text);
    const answers = {
      product: await guest.order([{ productId: text, quantity: 1 }]),
      order: await guest.get(`/${encoded}`),
      cancelled: await guest.post(`/${encoded}/cancel`),
      cursor: await guest.get(`?cursor=${encoded}`),
      limit: await guest.get(`?limit=${encoded}`),
    };
    const statuses = Object.fromEntries(Object.entries(answers).map(([where, { status }]) => [where, status]));
    expect([text, statuses]).toEqual([text, { product: 400, order: 404, cancelled: 404, cursor: 400, limit: 400 }]);
    expect(answers.product.body).toMatchObject({ errors: [{ field: "items[0].productId" }] });
  }
  expect((await guest.get()).body.orders).toHaveLength(1);
  expect((await demandBalance({ [tea]: 100 }))[tea]).toMatchObject({ available: 99 });
});

test("strange keys are keys of their own", async () => {
  const [tea = ""] = await newProducts(100);
  const guest = await newGuest();
  const keys = ['{"$gt":""}', "'OR/**/1=1--", "__proto__", "constructor", "%", "_", "../.."];
  const answers = await Promise.all(
    [...keys, ...keys].map((key) => guest.order([{ productId: tea, quantity: 1 }], key)),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(keys.length);
  expect((await demandBalance({ [tea]: 100 }))[tea]).toMatchObject({ reserved: keys.length });
});

test("an order of what stock cannot read does not spoil the orders that arrive with it", async () => {
  const [tea = ""] = await newProducts(100);
  const guest = await newGuest();
  const products = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? "soupe à l'oignon" : tea));
  const answers = await Promise.all(products.map((productId) => guest.order([{ productId, quantity: 1 }])));
  expect(answers.map(({ status }) => status)).toEqual(products.map((id) => (id === tea ? 201 : 400)));
  expect((await demandBalance({ [tea]: 100 }))[tea]).toMatchObject({ reserved: 30 });
});
