import { context } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { batched } from "#common/batch";
import { keptSpans } from "#common/testing/spans";
import { oneAfterTheOther } from "#common/turns";
import { beginEffect, callerIn, demandCaller, forCaller } from "./caller.ts";

// What carries a context through what is waited for.
keptSpans();

const left = { name: "AppError", kind: "unavailable" };
const turn = () => new Promise(setImmediate);

/** A queue whose every batch waits to be let through, and who comes to it. */
function queue() {
  const served: string[] = [];
  const doors: (() => void)[] = [];
  const ask = batched(async (items: readonly string[]) => {
    await new Promise<void>((open) => doors.push(open));
    demandCaller();
    served.push(...items);
    return items;
  }, 1);
  const come = (name: string) => {
    const caller = new AbortController();
    return { leave: () => caller.abort(), answer: forCaller(caller.signal, () => ask(name)) };
  };
  const open = async () => {
    await turn();
    doors.shift()?.();
    await turn();
  };
  return { come, open, served };
}

test("whoever has left is not served when their turn in a queue comes, and the next one is", async () => {
  const { come, open, served } = queue();
  const [first, second, third] = ["first", "second", "third"].map(come);
  await turn();
  const told = expect(second?.answer).rejects.toMatchObject(left);
  second?.leave();
  await open();
  await open();
  await told;
  expect(await Promise.all([first?.answer, third?.answer])).toEqual(["first", "third"]);
  expect(served).toEqual(["first", "third"]);
});

test("a batch that is under way is nobody's alone: it goes on when its first caller leaves", async () => {
  const { come, open, served } = queue();
  const first = come("first");
  await turn();
  first.leave();
  await open();
  expect(await first.answer).toBe("first");
  expect(served).toEqual(["first"]);
});

test("work that waits for its turn is left undone when nobody waits for it any more", async () => {
  const [inTurn, caller, done] = [oneAfterTheOther(), new AbortController(), [] as string[]];
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  const first = inTurn(() => promise);
  const second = forCaller(caller.signal, () => inTurn(async () => done.push("second")));
  const third = inTurn(async () => done.push("third"));
  const told = expect(second).rejects.toMatchObject(left);
  caller.abort();
  end();
  await told;
  await Promise.all([first, third]);
  expect(done).toEqual(["third"]);
});

test("who has gone before is not begun to be served", async () => {
  await expect(forCaller(AbortSignal.abort(), async () => expect.fail("served"))).rejects.toMatchObject(left);
});

test("what was set going and not waited for is not ended with its caller", async () => {
  const caller = new AbortController();
  const within = await forCaller(caller.signal, async () => context.active());
  caller.abort();
  expect(callerIn(within)).toBeUndefined();
});

test("after a step with an effect elsewhere the work is finished whoever waits, and no such step is begun for nobody", async () => {
  const caller = new AbortController();
  await forCaller(caller.signal, async () => {
    beginEffect();
    caller.abort();
    demandCaller();
  });
  const other = new AbortController();
  const late = forCaller(other.signal, async () => {
    other.abort();
    beginEffect();
  });
  await expect(late).rejects.toMatchObject(left);
});
