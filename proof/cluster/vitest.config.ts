import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** First what installs and looks, last what leaves nothing behind. */
const order = [
  "installed",
  "denied",
  "rollout",
  "scaled",
  "evicted",
  "killed",
  "badInput",
  "kubernetesNames",
  "reached",
  "access",
  "idempotency",
  "oversell",
  "staffDoor",
  "staff",
  "uninstalled",
];

/** Begins with another installation than the others. */
const upgrade = "proof/cluster/tests/upgraded.k8s.test.ts";

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => order.indexOf(basename(moduleId).split(".")[0] ?? "");
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

/** `npm run test:k8s`: one cluster serves all of them, one after the other. */
export default defineConfig({
  test: {
    ...(process.env.GORDER_K8S_BEFORE
      ? { include: [upgrade] }
      : {
          include: ["proof/e2e/{access,idempotency,oversell}.e2e.test.ts", "proof/cluster/tests/*.k8s.test.ts"],
          exclude: [upgrade],
        }),
    globalSetup: ["proof/cluster/setup.ts"],
    fileParallelism: false,
    sequence: { sequencer: InOrder },
    setupFiles: ["proof/testing/patience.ts"],
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
