import { expect, test } from "vitest";
import { aProduct } from "../testing.ts";
import { priceInWords } from "./prices.ts";

test("a price that changed is named with what it was and what it is", () => {
  const change = { productId: "soup", seen: { amount: 1150, currency: "eur" }, now: { amount: 1650, currency: "eur" } };
  expect(priceInWords(change, [aProduct("soup")])).toBe("The soup costs €16.50 now, not €11.50.");
  expect(priceInWords(change, [])).toBe("One dish costs €16.50 now, not €11.50.");
});
