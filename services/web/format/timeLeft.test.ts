import { expect, test } from "vitest";
import { timeLeft } from "./timeLeft.ts";

const noon = new Date("2026-11-22T12:00:00.000Z");
const left = (until: string) => timeLeft(until, noon)?.shown;

test("what is left counts in minutes and seconds, and in hours when there are some", () => {
  expect(left("2026-11-22T12:30:00.000Z")).toBe("30:00");
  expect(left("2026-11-22T12:00:09.000Z")).toBe("0:09");
  expect(left("2026-11-22T13:05:00.000Z")).toBe("1:05:00");
});

test("a part of a second is still time, and the end is not", () => {
  expect(timeLeft("2026-11-22T12:00:00.001Z", noon)).toEqual({ shown: "0:01", iso: "PT1S" });
  expect(left("2026-11-22T12:00:00.000Z")).toBeUndefined();
  expect(left("2026-11-22T11:59:59.000Z")).toBeUndefined();
  expect(left("")).toBeUndefined();
});
