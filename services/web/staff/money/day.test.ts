import { expect, test } from "vitest";
import { csvPath, dayBounds, dayOf } from "./day.ts";

test("a day goes from midnight to midnight, also over the end of a month", () => {
  expect(dayBounds("2026-11-30")).toEqual({ from: new Date(2026, 10, 30), until: new Date(2026, 11, 1) });
  expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
});

test("the table is asked for from midnight to midnight, as moments", () => {
  const asked = new URL(csvPath("2026-11-28") ?? "", "http://page");
  expect(asked.pathname).toBe("/staff/takings.csv");
  expect(asked.searchParams.get("from")).toBe(new Date(2026, 10, 28).toISOString());
  expect(asked.searchParams.get("until")).toBe(new Date(2026, 10, 29).toISOString());
});

test.each(["", "today", "2026-13-01", "2026-02-31", "2026-1-1"])("“%s” is no day", (day) => {
  expect(dayBounds(day)).toBeUndefined();
  expect(csvPath(day)).toBeUndefined();
});
