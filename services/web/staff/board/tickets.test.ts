import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import { BoardLineSchema, BoardTicketSchema } from "#common/genproto/order/v1/staff_pb";
import {
  inColumns,
  lateness,
  mergeTickets,
  minutesWaiting,
  newcomers,
  secondsToTakeBack,
  withTicket,
} from "./tickets.ts";

const now = 1_800_000_000_000;

function aTicket(orderId: string, version = 1, status: OrderStatus = OrderStatus.PAID, secondsAgo = 60) {
  const at = timestampFromMs(now - secondsAgo * 1_000);
  return create(BoardTicketSchema, { orderId, version: BigInt(version), status, paidAt: at, finishedAt: at });
}

test("a ticket that has not changed stays the same object", () => {
  const known = [aTicket("a"), aTicket("b")];
  const merged = mergeTickets(known, [aTicket("a"), aTicket("b", 2), aTicket("c")]);
  expect(merged[0]).toBe(known[0]);
  expect(merged[1]).not.toBe(known[1]);
  expect(merged.map(({ orderId }) => orderId)).toEqual(["a", "b", "c"]);
});

test("a board that was on its way does not undo what an act has shown", () => {
  const taken = aTicket("a", 2, OrderStatus.COOKING);
  const shown = withTicket([aTicket("a"), aTicket("b")], taken);
  expect(mergeTickets(shown, [aTicket("a"), aTicket("b")])[0]).toBe(taken);
  expect(withTicket([taken], aTicket("a"))).toEqual([taken]);
});

test("what another cook ticks off is seen though the version is the same, but not before what was just shown here", () => {
  const line = (done: boolean) => create(BoardLineSchema, { productId: "tea", done });
  const ticket = (done: boolean) => ({ ...aTicket("a", 2, OrderStatus.COOKING), lines: [line(done)] });
  const [open, done] = [ticket(false), ticket(true)];
  expect(mergeTickets([open], [done])[0]).toBe(done);
  expect(mergeTickets([done], [ticket(true)])[0]).toBe(done);
  expect(mergeTickets([done], [open], (orderId) => orderId === "a")[0]).toBe(done);
});

test("the oldest waits and cooks first, and the newest is the first to be taken back", () => {
  const { PAID, COOKING, READY } = OrderStatus;
  const { waiting, cooking, finished } = inColumns([
    aTicket("new", 1, PAID, 10),
    aTicket("old", 1, PAID, 900),
    aTicket("stove", 1, COOKING),
    aTicket("before", 1, READY, 200),
    aTicket("just", 1, READY, 5),
  ]);
  const ids = [waiting, cooking, finished].map((tickets) => tickets.map(({ orderId }) => orderId));
  expect(ids).toEqual([["old", "new"], ["stove"], ["just", "before"]]);
});

test("a ticket gets late by the minute, and a slow clock makes none of them negative", () => {
  expect(minutesWaiting(aTicket("a", 1, OrderStatus.PAID, 119), now)).toBe(1);
  expect(minutesWaiting(aTicket("a", 1, OrderStatus.PAID, -30), now)).toBe(0);
  expect([7, 8, 14, 15].map(lateness)).toEqual(["fresh", "soon", "soon", "late"]);
});

test("a finished ticket can be taken back for a minute", () => {
  expect([0, 59, 60, 600].map((ago) => secondsToTakeBack(aTicket("a", 1, OrderStatus.READY, ago), now))).toEqual([
    60, 1, 0, 0,
  ]);
});

test("only a waiting ticket that was not there is news", () => {
  const tickets = [aTicket("a"), aTicket("b"), aTicket("c", 1, OrderStatus.COOKING)];
  expect(newcomers(new Set(["a"]), tickets).map(({ orderId }) => orderId)).toEqual(["b"]);
});
