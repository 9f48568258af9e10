import { expect, it } from "vitest";
import { written } from "./books.ts";
import { report } from "./report.ts";
import { goodBooks } from "./testing.ts";

it("books are shown as stock, money and orders, with a last word", () => {
  const books = goodBooks();
  const cake = { id: "cake", initial: 5, moved: 0, available: 5, reserved: 0, sold: 0 };
  const underWay = ["order paid: is still paid"];
  const shown = report({ books: { ...books, products: [...books.products, cake] }, faults: [], underWay });
  expect(shown).toBe(
    [
      "product   began with  moved  available  reserved  sold",
      "tea               20      0         14         2     4",
      "1 others",
      "",
      "money      taken  given back       kept  orders that count as paid",
      "       15.00 EUR    5.00 EUR  10.00 EUR                  10.00 EUR",
      "",
      "orders  pending  waiting for payment  paid  cooking  ready  cancelled  refunded",
      "5             0                    1     1        0      1          1         1",
      "",
      "Under way: 1",
      "",
      "The books balance: 2 products, 5 orders, 5 checkouts.",
    ].join("\n"),
  );
});

it("every fault is a line, and very many are counted", () => {
  const faults = Array.from({ length: 60 }, (_, index) => `order ${index}: is lost`);
  const shown = report({ books: goodBooks(), faults, underWay: [] }).split("\n");
  expect(shown).toContain("The books do not balance:");
  expect(shown.filter((line) => line.endsWith("is lost"))).toHaveLength(50);
  expect(shown.at(-1)).toBe("  and 10 more (--json has all)");
});

it("amounts are written as the provider counts them", () => {
  const amounts = ["eur", "jpy", "kwd", "isk"].map((currency) => written({ amount: 149_000, currency }));
  expect(amounts).toEqual(["1490.00 EUR", "149000 JPY", "149.000 KWD", "1490.00 ISK"]);
});
