import { expect, test } from "vitest";
import type { Letter } from "#common/deadLetters/letter";
import { queues } from "#common/deadLetters/queues";
import { choiceOf } from "./choice.ts";

const letter = (id: string) => ({ id }) as Letter;
const ask = (command: string, rest: Partial<Parameters<typeof choiceOf>[0]> = {}) =>
  choiceOf({ command, ids: [], ...rest });

test("without a queue every consumer's queue is meant, with one that one alone, under either of its names", () => {
  expect(ask("list").queues).toEqual(queues);
  expect(ask("list", { queue: "order-order.paid" }).queues).toEqual(["order-order.paid"]);
  expect(ask("list", { queue: "dlq-order-order.paid" }).queues).toEqual(["order-order.paid"]);
});

test("only the letters with these ids are chosen, and ids that no letter had are told", () => {
  const { chosen, missing } = ask("redrive", { ids: ["a", "b"] });
  expect(["a", "c"].map((id) => chosen(letter(id)))).toEqual([true, false]);
  expect(missing()).toEqual(["b"]);
});

test("--all chooses every letter", () => {
  expect(ask("redrive", { all: true }).chosen(letter("x"))).toBe(true);
});

test.each([
  ["a command that does not exist", "purge", {}, /no "purge"/],
  ["redrive of nothing in particular", "redrive", {}, /which ones/],
  ["discard of nothing in particular", "discard", { yes: true }, /which ones/],
  ["discard --all without --yes", "discard", { all: true }, /--yes/],
  ["--all together with --id", "redrive", { all: true, ids: ["a"] }, /not both/],
])("%s is refused", (_, command, rest, message) => {
  expect(() => ask(command, rest)).toThrow(message);
});
