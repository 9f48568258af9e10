import { join } from "node:path";
import { say } from "../programs/say.ts";
import { root } from "../stack/parts/services.ts";
import { countedTests } from "../testing/counted.ts";
import type { Cluster } from "./cluster.ts";
import { images } from "./images.ts";
import { kind } from "./kind.ts";
import { kit, kitFile } from "./kit.ts";
import { Report } from "./report.ts";

/**
 * `npm run test:k8s [-- vitest's arguments]`: the chart on a real cluster, from nothing to nothing. Uses the kit at
 * KUBE_KIT (`../shared/kube`) when it is there, else the current context, which must be one of kind's.
 */
async function main(): Promise<void> {
  // Ctrl-C ends the commands that we started; we stay to take down what they brought up.
  process.on("SIGINT", () => {});
  const file = kitFile(process.env.KUBE_KIT ?? join(root, "..", "shared", "kube"));
  const cluster = file === undefined ? await kind() : await kit(file);
  say(`Testing on ${cluster.name}`);
  const report = new Report();
  let verdict = { line: "0 passed, 1 failed", ok: false };
  try {
    for (const [name, step] of Object.entries(cluster.steps)) await report.step(name, step);
    await report.step("our images", () => buildImages(cluster));
    process.env.GORDER_K8S_VALUES = cluster.values.join(",");
    verdict = await report.step("the tests", () =>
      countedTests(["--config", "tools/k8s/vitest.config.ts", ...process.argv.slice(2)], cluster.within),
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  } finally {
    await report.step("taking it down", () => cluster.end());
  }
  report.print();
  say(verdict.line);
  process.exit(verdict.ok ? 0 : 1);
}

async function buildImages(cluster: Cluster): Promise<void> {
  for (const image of images) await cluster.image(image);
}

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
