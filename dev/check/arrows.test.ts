import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Module, readCode } from "./architecture.ts";
import { folderCircles, upwardImports } from "./arrows.ts";

const modules = readCode(join(import.meta.dirname, "..", ".."));
const planted = (path: string, statement: string): Module[] => [{ path, source: `${statement}\n` }];

describe("the folders", () => {
  test("point nowhere upward", () => {
    expect(upwardImports(modules)).toEqual([]);
  });

  test("need each other in no circle", () => {
    expect(folderCircles(modules)).toEqual([]);
  });

  test.each(["services/", "ops/", "dev/", "proof/"])("are looked at in %s", (top) => {
    expect(modules.filter(({ path }) => path.startsWith(top)).length).toBeGreaterThan(10);
  });
});

describe("an arrow is caught when", () => {
  test.each([
    ["an operator's command knows the local stack", "ops/ledger/sources.ts", 'from "../../dev/stack/state.ts"'],
    ["it does so by a type", "ops/ledger/read.ts", 'type { a } from "../../dev/stack/ports.ts"'],
    ["the stack leans on a proof", "dev/stack/stack.ts", 'from "../../proof/testing/tally.ts"'],
    ["others' programs know the stack", "dev/programs/ensure.ts", 'from "../stack/ports.ts"'],
    ["how commands talk knows a command", "ops/command/words.ts", 'from "../ledger/judge.ts"'],
    ["a service knows a command", "services/order/build.ts", 'from "../../ops/ledger/judge.ts"'],
  ])("%s", (_, path, rest) => {
    const statement = rest.startsWith("type") ? `import ${rest};` : `import { a } ${rest};`;
    expect(upwardImports(planted(path, statement))).toHaveLength(1);
  });

  test("two folders need each other, if only by a type", () => {
    const there = planted("dev/stack/stack.ts", 'import { a } from "../chart/render.ts";');
    const back = planted("dev/chart/check.ts", 'import type { b } from "../stack/ports.ts";');
    expect(folderCircles([...there, ...back])).toEqual(["dev/stack > dev/chart > dev/stack"]);
  });
});

describe("an arrow is left alone when", () => {
  test.each([
    ["a load finds k6", "ops/load/k6.ts", "../../dev/programs/ensure.ts"],
    ["a proof reads the ledger", "proof/chaos/round.ts", "../../ops/ledger/judge.ts"],
    ["the chart is checked with a load's job", "dev/chart/check.ts", "../../ops/load/job.ts"],
    ["a test leans on what proves", "ops/dlq/dlq.int.test.ts", "../../proof/testing/dlq.ts"],
    ["a neighbour is asked", "ops/ledger/read.ts", "./books.ts"],
  ])("%s", (_, path, name) => {
    expect(upwardImports(planted(path, `import { a } from "${name}";`))).toEqual([]);
  });
});
