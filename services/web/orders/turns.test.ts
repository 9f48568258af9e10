import { describe, expect, test, vi } from "vitest";
import { aLine } from "./testing.ts";
import { type TakeTurn, turns } from "./turns.ts";

const locks = turns({ navigator });

test("this runtime has the locks that browsers have, and where there are none there are no turns", () => {
  expect(locks).toBeDefined();
  expect(turns({ navigator: {} as Navigator })).toBeUndefined();
});

test("a turn that comes while one leaves is not begun", async () => {
  let come = (): unknown => expect.fail("nobody waits");
  const request = async (_: string, __: unknown, hold: () => unknown) => {
    come = hold;
  };
  const takeTurn = turns({ navigator: { locks: { request } } as unknown as Navigator });
  takeTurn?.(() => expect.fail("it began"))();
  expect(come()).toBeUndefined();
});

describe.each<[string, TakeTurn | undefined]>([
  ["locks", locks],
  ["the tests' line", aLine()],
])("by %s", (_, takeTurn) => {
  /** Tabs in the line, and what happened in it. */
  function aScene() {
    const happened: string[] = [];
    const join = (name: string) =>
      takeTurn?.(() => {
        happened.push(`${name} begins`);
        return () => void happened.push(`${name} ends`);
      }) ?? expect.fail("no turns");
    return { happened, join };
  }

  test("one at a time has its turn, in the order in which they came, and not at once", async () => {
    const { happened, join } = aScene();
    const [leaveOne, leaveTwo] = [join("one"), join("two")];
    expect(happened).toEqual([]);
    await vi.waitFor(() => expect(happened).toEqual(["one begins"]));
    leaveOne();
    expect(happened).toEqual(["one begins", "one ends"]);
    await vi.waitFor(() => expect(happened.at(-1)).toBe("two begins"));
    leaveTwo();
    expect(happened).toEqual(["one begins", "one ends", "two begins", "two ends"]);
  });

  test("who leaves the line before its turn never has one, and keeps nobody", async () => {
    const { happened, join } = aScene();
    const leaveOne = join("one");
    await vi.waitFor(() => expect(happened).toEqual(["one begins"]));
    const [leaveTwo, leaveThree] = [join("two"), join("three")];
    leaveTwo();
    leaveOne();
    await vi.waitFor(() => expect(happened.at(-1)).toBe("three begins"));
    leaveThree();
    expect(happened).not.toContain("two begins");
  });

  test("who leaves at once, or twice, ends at most once", async () => {
    const { happened, join } = aScene();
    join("one")();
    const leaveTwo = join("two");
    await vi.waitFor(() => expect(happened).toEqual(["two begins"]));
    leaveTwo();
    leaveTwo();
    expect(happened).toEqual(["two begins", "two ends"]);
  });
});
