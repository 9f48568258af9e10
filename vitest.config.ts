import { defineConfig } from "vitest/config";

/** A condition is waited for until it holds. The default limit of a second is how old a menu may be, or one slow GC. */
const patiently = (timeout: number) => ({ poll: { timeout } });

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          include: ["services/**/*.test.ts", "tools/**/*.test.ts", "load/**/*.test.ts"],
          exclude: ["**/*.int.test.ts"],
          testTimeout: 15_000,
          expect: patiently(5_000),
        },
      },
      {
        test: {
          name: "int",
          sequence: { groupOrder: 1 },
          include: ["{services,tools,load}/**/*.int.test.ts"],
          globalSetup: ["tools/testing/int.setup.ts"],
          testTimeout: 30_000,
          expect: patiently(10_000),
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          sequence: { groupOrder: 2 },
          // One stack serves all of them, and a browser is no small guest on two cores.
          fileParallelism: false,
          include: ["e2e/**/*.e2e.test.ts"],
          globalSetup: ["tools/testing/e2e.setup.ts"],
          testTimeout: 60_000,
          expect: patiently(20_000),
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "chaos",
          sequence: { groupOrder: 3 },
          // A stack of its own, as it is killed and cut to pieces.
          include: ["e2e/**/*.chaos.test.ts"],
        },
      },
    ],
  },
});
