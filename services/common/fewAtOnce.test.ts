import { expect, test } from "vitest";
import { forCaller } from "./caller.ts";
import { fewAtOnce } from "./fewAtOnce.ts";
import { keptSpans } from "./testing/spans.ts";

// Who asked travels with the trace.
keptSpans();

/** Three at once, and what is done by whom in which order; each piece of work ends when it is told to. */
function given() {
  const few = fewAtOnce(3);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const ask = (name: string) =>
    few(() => {
      begun.push(name);
      return new Promise<string>((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve(name)));
      });
    });
  return { ask, begun, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

test("so many are done at once, the next when one has ended, and each has its own outcome", async () => {
  const { ask, begun, end } = given();
  const answers = ["a", "b", "c", "d", "e"].map(ask);
  await expect.poll(() => begun).toEqual(["a", "b", "c"]);
  end("b", new Error("broken"));
  await expect(answers[1]).rejects.toThrow("broken");
  await expect.poll(() => begun).toEqual(["a", "b", "c", "d"]);
  for (const name of ["a", "c", "d"]) end(name);
  await expect.poll(() => begun).toContain("e");
  end("e");
  expect(await Promise.all(answers.filter((_, index) => index !== 1))).toEqual(["a", "c", "d", "e"]);
});

test("whoever has left by their turn is passed over", async () => {
  const { ask, begun, end } = given();
  const before = ["a", "b", "c"].map(ask);
  await expect.poll(() => begun).toHaveLength(3);
  const leave = new AbortController();
  const left = forCaller(leave.signal, () => ask("d"));
  const last = ask("e");
  leave.abort();
  end("a");
  await expect(left).rejects.toMatchObject({ kind: "unavailable" });
  await expect.poll(() => begun).toEqual(["a", "b", "c", "e"]);
  for (const name of ["b", "c", "e"]) end(name);
  await Promise.all([...before, last]);
});
