import { expect, test } from "vitest";
import { oneAfterTheOther } from "#common/turns";

test("work waits for its turn, and a failure is the worker's own", async () => {
  const turn = oneAfterTheOther();
  const seen: string[] = [];
  const work = (name: string) =>
    turn(async () => {
      seen.push(`${name} begins`);
      await new Promise(setImmediate);
      seen.push(`${name} ends`);
      if (name === "bad") throw new Error("bad");
      return name;
    });
  const outcomes = await Promise.allSettled(["one", "bad", "two"].map(work));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(seen).toEqual(["one", "bad", "two"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
