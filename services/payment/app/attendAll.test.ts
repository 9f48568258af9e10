import { expect, test } from "vitest";
import { AppError } from "#common/errors";
import { keptLogs } from "#common/testing/logs";
import { openPayment, type TakenPayment } from "../domain/payment.ts";
import { decide, type PutAside } from "../domain/putAside.ts";
import { askRefund } from "../domain/refunds.ts";
import { confirm } from "../domain/transitions.ts";
import { actRecord } from "../testing/acts.ts";
import { confirmation } from "../testing/payments.ts";
import { aPutAside } from "../testing/putAsides.ts";
import { attendAll } from "./attendAll.ts";
import { createTurns, returningPutAsides, waitingPayments } from "./turns.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const total = { amount: 1250, currency: "eur" };

/** A payment that is to go back whole. */
function owed(orderId: string): TakenPayment {
  const session = { id: "cs_1", url: "" };
  const open = openPayment({ orderId, customerId: "ann", total, session, traceparent: "" });
  return askRefund(confirm(open, confirmation()), "r1", undefined, new Date(start));
}

/** Money that was put aside, and that somebody decided to give back. */
function returning(eventId: string): PutAside {
  const record = actRecord(`r-${eventId}`, { at: new Date(start).toISOString() });
  return decide(aPutAside(eventId, 0, { orderId: eventId }), "refund", record);
}

/** A round on these payments and put-asides; what is hopeless cannot be read, or gets no answer. */
function rounds(orderIds: readonly string[], eventIds: readonly string[] = []) {
  const clock = { seconds: 0 };
  const now = () => start + clock.seconds * 1_000;
  const [tried, finished, removed, hopeless] = [[] as string[], [] as string[], [] as string[], new Set<string>()];
  const away = () => new AppError("unavailable", "no answer");
  const logger = keptLogs();
  const trouble = { takeOver: false };
  const work = (done: string[]) => async (id: string) => {
    tried.push(id);
    if (hopeless.has(id)) throw away();
    done.push(id);
  };
  const [attend, finish] = [work(finished), work(finished)];
  const round = attendAll({
    payments: {
      async find(orderId) {
        if (orderId.startsWith("unreadable")) throw new SyntaxError("no JSON");
        return owed(orderId);
      },
    },
    putAsides: { goingBack: async () => eventIds.map(returning) },
    toAttend: { list: async () => [...orderIds], remove: async (orderId) => void removed.push(orderId) },
    turns: createTurns(now, waitingPayments),
    putAsideTurns: createTurns(now, returningPutAsides),
    attendTo: ({ orderId }) => attend(orderId),
    finish: ({ eventId }) => finish(eventId),
    async takeOver() {
      if (trouble.takeOver) throw away();
    },
    logger,
  });
  const pass = (seconds: number) => {
    clock.seconds += seconds;
    return round();
  };
  return { pass, tried, finished, hopeless, logger, trouble };
}

const named = (word: string, many: number) => Array.from({ length: many }, (_, index) => `${word}-${index}`);

test("a payment that cannot be read keeps no other waiting, and the log names it", async () => {
  const { pass, finished, logger } = rounds(["unreadable-1", "good"]);
  await pass(61);
  expect(finished).toEqual(["good"]);
  expect(logger.lines).toMatchObject([{ level: "warn", fields: { orderId: "unreadable-1" } }]);
});

test("put-aside money that cannot go back is tried ever more seldom, a few a round, and the rest goes back", async () => {
  const lost = named("lost", 10);
  const { pass, tried, finished, hopeless } = rounds([], [...lost, "good"]);
  for (const id of lost) hopeless.add(id);
  await pass(61);
  expect(tried).toHaveLength(10);
  await pass(60);
  expect(finished).toContain("good");
  for (let minute = 0; minute < 1_440; minute++) await pass(60);
  expect(tried.filter((id) => id === "lost-0").length).toBeLessThan(90);
});

test("a refund that gets no answer holds none that comes after it", async () => {
  const { pass, finished, hopeless } = rounds(["lost", "good"], ["evt_lost", "evt_good"]);
  for (const id of ["lost", "evt_lost"]) hopeless.add(id);
  await pass(61);
  expect(finished).toEqual(["good", "evt_good"]);
});

test("what the version before kept and cannot be taken over keeps no put-aside from going back", async () => {
  const { pass, finished, trouble } = rounds([], ["evt_good"]);
  trouble.takeOver = true;
  await pass(61);
  expect(finished).toEqual(["evt_good"]);
});
