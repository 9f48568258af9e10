import { expect, test } from "vitest";
import { ApiError, ConnectionError } from "./api/errors.ts";
import { explain } from "./words.ts";

test("being offline is told from a refusal", () => {
  expect(explain(new ConnectionError("down")).title).toBe("No connection");
});

test.each([
  [409, "out-of-stock", "Some dishes just ran out"],
  [409, "order-conflict", "The order has moved on"],
  [503, "unavailable", "The kitchen is catching its breath"],
  [404, "not-found", "We can’t find that"],
])("%d %s is said in words", (status, code, title) => {
  expect(explain(new ApiError(status, { type: `/problems/${code}` })).title).toBe(title);
});

test("an invalid request says what is wrong with the fields, in the page's own words", () => {
  const errors = [
    { field: "items[0].quantity", message: "must be at most 99" },
    { field: "items[2].note", message: "Too big" },
    { field: "total", message: "Too big" },
  ];
  const { text } = explain(new ApiError(400, { type: "/problems/invalid-request", errors }));
  expect(text).toContain("from 1 to 99");
  expect(text).toContain("140 letters");
  expect(text).toContain("can be paid at once");
  expect(text).not.toContain("Too big");
});

test("the unexpected carries its trace id and nothing from inside", () => {
  const words = explain(new ApiError(500, { type: "/problems/internal", detail: "secret", traceId: "4bf92f" }));
  expect(words.text).toContain("4bf92f");
  expect(words.text).not.toContain("secret");
  expect(explain(new TypeError("x is not a function")).text).not.toContain("x is not");
});
