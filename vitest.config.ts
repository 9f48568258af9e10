import { defineConfig } from "vitest/config";

/** A condition is waited for until it holds. The default limit of a second is how old a menu may be, or one slow GC. */
const patiently = (timeout: number) => ({ poll: { timeout } });
const patience = ["proof/testing/patience.ts"];

export default defineConfig({
  test: {
    // The stack that the tests leave is ended by then, also on a slow machine.
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          include: ["{services,ops,dev,proof}/**/*.test.ts"],
          exclude: ["**/*.{int,e2e,k8s,chaos}.test.ts"],
          testTimeout: 60_000,
          setupFiles: patience,
          expect: patiently(20_000),
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "int",
          sequence: { groupOrder: 1 },
          // They share the servers, what lies in them, and the pages in dist/.
          fileParallelism: false,
          include: ["{services,ops,dev,proof}/**/*.int.test.ts"],
          globalSetup: ["proof/testing/int.setup.ts"],
          testTimeout: 90_000,
          setupFiles: patience,
          expect: patiently(30_000),
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: "e2e",
          sequence: { groupOrder: 2 },
          // One stack serves all of them, and a browser is no small guest on two cores.
          fileParallelism: false,
          include: ["proof/e2e/**/*.e2e.test.ts"],
          globalSetup: ["proof/testing/e2e.setup.ts"],
          testTimeout: 180_000,
          setupFiles: patience,
          expect: patiently(60_000),
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: "chaos",
          sequence: { groupOrder: 3 },
          // A stack of its own, as it is killed and cut to pieces: one at a time, as calls are counted too.
          fileParallelism: false,
          include: ["proof/e2e/**/*.chaos.test.ts"],
          globalSetup: ["proof/testing/chaos.setup.ts"],
          setupFiles: patience,
          expect: patiently(60_000),
        },
      },
    ],
  },
});
