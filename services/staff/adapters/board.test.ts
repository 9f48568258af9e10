import { create } from "@bufbuild/protobuf";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import { ListTicketsResponseSchema } from "#common/genproto/order/v1/staff_pb";
import { silentLogger } from "#common/logging";
import { watchedBoard } from "./board.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A board of these orders, which a test may change. */
function given(...orders: string[]) {
  const kitchen = { orders, asked: 0, away: false };
  const listTickets = async () => {
    kitchen.asked += 1;
    if (kitchen.away) throw new AppError("unavailable", "order does not answer");
    return create(ListTicketsResponseSchema, { tickets: kitchen.orders.map((orderId) => ({ orderId })) });
  };
  const board = watchedBoard({ listTickets }, silentLogger, { everyMs: 1_000, quietMs: 8_000 });
  return { kitchen, board };
}

/** Somebody who looks: what they saw so far, and how it ended. */
function look(board: ReturnType<typeof watchedBoard>) {
  const [leave, seen] = [new AbortController(), [] as string[][]];
  const looking = { seen, ended: undefined as unknown, leave: () => leave.abort() };
  const work = async () => {
    for await (const tickets of board.watch(leave.signal)) seen.push(tickets.map(({ orderId }) => orderId));
  };
  void work().then(
    () => (looking.ended = "ended"),
    (error) => (looking.ended = error),
  );
  return looking;
}

test("who looks sees the board at once, and each change of it", async () => {
  const { kitchen, board } = given("a");
  const { seen } = look(board);
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual([["a"]]);
  kitchen.orders = ["a", "b"];
  await vi.advanceTimersByTimeAsync(3_000);
  expect(seen).toEqual([["a"], ["a", "b"]]);
});

test("a board on which nothing happens says so within ten seconds", async () => {
  const { board } = given("a");
  const { seen } = look(board);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(seen).toEqual([["a"], ["a"]]);
});

test("many who look cost as many questions as one, and nobody none", async () => {
  const { kitchen, board } = given("a");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(kitchen.asked).toBe(0);
  const all = [1, 2, 3].map(() => look(board));
  await vi.advanceTimersByTimeAsync(4_500);
  expect(kitchen.asked).toBe(5);
  for (const { leave } of all) leave();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([kitchen.asked, board.watchers()]).toEqual([6, 0]);
  expect(all.map(({ ended }) => ended)).toEqual(["ended", "ended", "ended"]);
});

test("who comes later sees the board at once too, and so does who comes after everybody had left", async () => {
  const { board } = given("a");
  const first = look(board);
  await vi.advanceTimersByTimeAsync(1_500);
  const second = look(board);
  await vi.advanceTimersByTimeAsync(0);
  expect(second.seen).toEqual([["a"]]);
  for (const { leave } of [first, second]) leave();
  await vi.advanceTimersByTimeAsync(2_000);
  const third = look(board);
  await vi.advanceTimersByTimeAsync(0);
  expect(third.seen).toEqual([["a"]]);
});

test("an order service that is away ends the watching, and the next one finds the board again", async () => {
  const { kitchen, board } = given("a");
  const looking = look(board);
  await vi.advanceTimersByTimeAsync(0);
  kitchen.away = true;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looking.ended).toMatchObject({ kind: "unavailable" });
  kitchen.away = false;
  const next = look(board);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(next.seen).toEqual([["a"]]);
});

test("a service that drains ends every watching, and takes no new one", async () => {
  const { board } = given("a");
  const looking = look(board);
  await vi.advanceTimersByTimeAsync(0);
  board.drain();
  const late = look(board);
  await vi.advanceTimersByTimeAsync(0);
  expect([looking.ended, late.ended, late.seen]).toEqual(["ended", "ended", []]);
});
