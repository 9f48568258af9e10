import { expect, test } from "vitest";
import { ApiError } from "../api/errors.ts";
import { aProduct } from "../testing.ts";
import { inWords, shortagesOf } from "./shortages.ts";

const cart = new Map([
  ["soup", 3],
  ["bread", 5],
]);

test("the problem's own list of shortages counts", () => {
  const shortages = [{ productId: "soup", requested: 3, available: 2 }];
  expect(shortagesOf(new ApiError(409, { type: "/problems/out-of-stock", shortages }), cart)).toEqual(shortages);
});

test("without a list, the lines that the problem names are found in the cart", () => {
  const errors = [
    { field: "items[1].quantity", message: "only 4 left" },
    { field: "items[9].quantity", message: "" },
  ];
  const error = new ApiError(409, { type: "/problems/out-of-stock", errors });
  expect(shortagesOf(error, cart)).toEqual([{ productId: "bread", requested: 5, available: 4 }]);
});

test("products are named, with what is left", () => {
  const menu = [aProduct("soup")];
  expect(inWords({ productId: "soup", requested: 3, available: 2 }, menu)).toBe(
    "The soup: only 2 left, you asked for 3.",
  );
  expect(inWords({ productId: "soup", requested: 3, available: 0 }, menu)).toBe("The soup is sold out.");
  expect(inWords({ productId: "gone", requested: 3, available: 0 }, menu)).toBe("One dish is sold out.");
});
