import { expect, test } from "vitest";
import type { Letter } from "#common/deadLetters/letter";
import { depthLines, letterText } from "./words.ts";

const now = new Date("2026-01-02T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const letter: Letter = {
  id: "e1",
  queue: "kitchen-order.paid",
  type: "order.paid",
  traceId: "0af7651916cd43dd8448eb211c80319c",
  diedAt: ago(90),
  reason: "rejected",
  deaths: 2,
  headers: { "x-a": 1 },
  event: { orderId: "o1" },
  unreadable: undefined,
};

test("the list says of each queue how many there are and how old the oldest is", () => {
  const lines = depthLines(
    [
      { queue: "payment-order.created", letters: 12, oldest: ago(7_300) },
      { queue: "order-order.paid", letters: 0, oldest: undefined },
    ],
    now,
  );
  expect(lines.split("\n")).toEqual([
    "QUEUE                  DEAD LETTERS  OLDEST",
    "payment-order.created  12            2 h",
    "order-order.paid       0             -",
  ]);
});

test("a letter is shown with its id, queue, deaths, trace, headers and event", () => {
  expect(letterText(letter, now).split("\n")).toEqual([
    "e1",
    "  queue    kitchen-order.paid",
    "  type     order.paid",
    "  died     1 min ago, 2 times, rejected",
    "  trace    0af7651916cd43dd8448eb211c80319c",
    '  headers  {"x-a":1}',
    "  event    {",
    '             "orderId": "o1"',
    "           }",
  ]);
});

test("what came instead of an event is cut short, and cannot speak to the terminal", () => {
  const text = `\u001b[2Jgone${"x".repeat(5_000)}`;
  const shown = letterText({ ...letter, event: undefined, unreadable: { why: "It is not JSON", text } }, now);
  expect(shown).toContain("no event It is not JSON");
  expect(shown).toContain("\\u001b[2Jgone");
  expect(shown).toContain(`… (${text.length} characters)`);
  expect(shown).not.toContain("\u001b");
  expect(shown.length).toBeLessThan(2_500);
});
