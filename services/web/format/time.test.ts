import { expect, test } from "vitest";
import { formatDate, formatTime } from "./time.ts";

const noon = new Date(2026, 10, 22, 12, 0, 0);

test("today has a time with seconds and no date", () => {
  expect(formatTime(new Date(2026, 10, 22, 9, 5, 7).toISOString(), noon, "en-GB")).toBe("09:05:07");
});

test("another day has its date", () => {
  expect(formatTime(new Date(2026, 10, 21, 14, 5, 7).toISOString(), noon, "en-GB")).toBe("21 Nov, 14:05");
});

test("on paper a day has its year", () => {
  expect(formatDate(new Date(2026, 10, 21, 14, 5, 7).toISOString(), "en-GB")).toBe("21 Nov 2026");
});
