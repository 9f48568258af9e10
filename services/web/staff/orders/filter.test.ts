import { timestampDate } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import { filterQuery, noFilter, readFilter, searchOf, statusName, wrongIn } from "./filter.ts";

test("what is looked for stands in the address, and is found there again", () => {
  const filter = { ...noFilter, number: "A1B2C3", status: "paid", customer: "a b&c" };
  expect(filterQuery(filter)).toBe("number=A1B2C3&status=paid&customer=a+b%26c");
  expect(readFilter(`?${filterQuery(filter)}`)).toEqual(filter);
  expect(filterQuery({ ...noFilter, number: "  " })).toBe("");
});

test("a number may be typed as the guest reads it, with its hash", () => {
  expect(searchOf({ ...noFilter, number: "#a1b2c3 " }, "eur").number).toBe("a1b2c3");
});

test("a guest is looked for by their name as it is typed", () => {
  expect(searchOf({ ...noFilter, name: " Zoë " }, "eur").guestName).toBe("Zoë");
});

test("amounts are asked for in minor units, times as moments, and nonsense not at all", () => {
  const search = searchOf({ ...noFilter, least: "10", most: "many", from: "2026-11-28T18:00", until: "x" }, "eur");
  expect([search.leastAmount, search.mostAmount, search.until]).toEqual([1000n, 0n, undefined]);
  expect(search.from && timestampDate(search.from as never)).toEqual(new Date(2026, 10, 28, 18));
});

test("a status is asked for by its name, and one that this page does not know is “unknown”", () => {
  expect(searchOf({ ...noFilter, status: "cooking" }, "eur").statuses).toEqual([OrderStatus.COOKING]);
  expect(searchOf({ ...noFilter, status: "constructor" }, "eur").statuses).toEqual([]);
  expect([statusName(OrderStatus.READY), statusName(99 as OrderStatus)]).toEqual(["ready", "unknown"]);
});

test.each([
  ["", "", true],
  [" 4.50 ", "10", true],
  ["cheap", "", false],
  ["", "1e3", false],
  ["4.505", "", false],
])("amounts typed as “%s” and “%s” are looked for, or their sender hears of it: %s", (least, most, isRead) => {
  expect(wrongIn({ least, most }, "eur") === undefined).toBe(isRead);
});
