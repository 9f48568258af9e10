import { expect, inject, it } from "vitest";
import { stripePrices } from "./stripePrices.ts";

it("asks as Stripe's own API description wants to be asked, and understands the answer", async () => {
  const read = stripePrices({ secretKey: "sk_test_123", apiUrl: inject("stack").stripeMockUrl });
  const price = await read("price_1");
  expect(price.currency).toMatch(/^[a-z]{3}$/);
  expect(price.amount).toBeTypeOf("number");
});
