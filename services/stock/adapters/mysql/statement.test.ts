import { expect, test } from "vitest";
import { describeStatement } from "./statement.ts";

test.each([
  ["SELECT id, name FROM products WHERE id IN (?)", "SELECT", "products"],
  ["\n  INSERT IGNORE INTO `reservations` (order_id) VALUES (?)", "INSERT", "reservations"],
  ["update products SET available = available - ? WHERE id = 'from elsewhere'", "UPDATE", "products"],
  ["START TRANSACTION", "START", undefined],
  ["COMMIT", "COMMIT", undefined],
])("%s is told by what it does and to which table, and by no value", (sql, operation, collection) => {
  expect(describeStatement(sql)).toEqual({ system: "mysql", operation, collection });
});
