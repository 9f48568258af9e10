import { expect, test } from "vitest";
import { createServerClock } from "./serverClock.ts";

const noon = Date.parse("2026-11-22T12:00:00.000Z");
const header = "Sun, 22 Nov 2026 12:00:00 GMT";
const minutes = 60_000;

test.each([40, -40, 0])(
  "a phone that is %d minutes ahead is told the server's time, give or take a second",
  (wrong) => {
    const phone = noon + wrong * minutes;
    const clock = createServerClock(() => phone);
    clock.heard(header, phone - 100, phone);
    expect(Math.abs(clock.now() - noon)).toBeLessThan(1_100);
  },
);

test("answers that allow the known difference leave it alone", () => {
  const clock = createServerClock(() => noon + 500);
  clock.heard(header, noon + 100, noon + 500);
  expect(clock.now()).toBe(noon + 500);
});

test("an answer without a date, and one that came before it was asked for, say nothing", () => {
  const clock = createServerClock(() => noon);
  clock.heard(null, noon, noon);
  clock.heard("yesterday", noon, noon);
  clock.heard(header, noon + 10 * minutes, noon + 5 * minutes);
  expect(clock.now()).toBe(noon);
});
