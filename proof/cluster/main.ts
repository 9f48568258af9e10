import { join } from "node:path";
import { root } from "../../dev/stack/parts/services.ts";
import { say } from "../../ops/command/say.ts";
import { endWith } from "../../ops/command/words.ts";
import { type Counted, runCounted } from "../testing/counted.ts";
import { together } from "../testing/tally.ts";
import { imagesBefore, layOutBefore } from "./before.ts";
import type { Cluster, Image } from "./cluster.ts";
import { images } from "./images.ts";
import { kind } from "./kind.ts";
import { kit, kitFile } from "./kit.ts";
import { Report } from "./report.ts";

const help = `npm run test:k8s [-- --upgrade | vitest's arguments]   the chart on a real cluster, from nothing to nothing

  --upgrade   the upgrade from the version before alone
  staff       or another word of files' names: these files of proof/cluster/tests alone
  KUBE_KIT    the kit for machines without Docker; else kind's current context is used`;

const failed: Counted = { line: "0 passed, 1 failed", ok: false };

/**
 * `npm run test:k8s [-- --upgrade | vitest's arguments]`: the chart on a real cluster, from nothing to nothing. Uses the
 * kit at KUBE_KIT (`../shared/kube`) when it is there, else the current context, which must be one of kind's. First comes
 * the upgrade from the version before, which is built and installed for it: `--upgrade` runs that alone, arguments for
 * vitest everything but that.
 */
async function main(): Promise<void> {
  if (["--help", "-h"].includes(process.argv[2] ?? "")) return say(help);
  // Ctrl-C ends the commands that we started; we stay to take down what they brought up.
  process.on("SIGINT", () => {});
  const words = process.argv.slice(2);
  const upgradeAlone = words.join() === "--upgrade";
  const file = kitFile(process.env.KUBE_KIT ?? join(root, "..", "shared", "kube"));
  const cluster = file === undefined ? await kind() : await kit(file);
  say(`Testing on ${cluster.name}`);
  const report = new Report();
  const verdicts: Counted[] = [];
  const attempt = async (work: () => Promise<Counted>) => {
    verdicts.push(
      await work().catch((error: Error) => {
        process.stderr.write(`${error.message}\n`);
        return failed;
      }),
    );
    return verdicts.at(-1)?.ok === true;
  };
  const ready = await attempt(async () => {
    for (const [name, step] of Object.entries(cluster.steps)) await report.step(name, step);
    await report.step("our images", () => buildImages(cluster, images));
    process.env.GORDER_K8S_VALUES = cluster.values.join(",");
    return { line: "0 passed, 0 failed", ok: true };
  });
  if (ready && (upgradeAlone || words.length === 0)) await attempt(() => testUpgrade(cluster, report));
  if (ready && !upgradeAlone) await attempt(() => report.step("the tests", () => tests(cluster, words)));
  await report.step("taking it down", () => cluster.end());
  report.print();
  const { line, ok } = together(verdicts);
  say(line);
  process.exit(ok ? 0 : 1);
}

function tests(cluster: Cluster, words: readonly string[]): Promise<Counted> {
  return runCounted(["--config", "proof/cluster/vitest.config.ts", ...words], cluster.within);
}

async function testUpgrade(cluster: Cluster, report: Report): Promise<Counted> {
  const { folder, remove } = await layOutBefore();
  process.env.GORDER_K8S_BEFORE = folder;
  try {
    await report.step("images of the version before", () => buildImages(cluster, imagesBefore(folder)));
    return await report.step("the upgrade", () => tests(cluster, []));
  } finally {
    delete process.env.GORDER_K8S_BEFORE;
    remove();
  }
}

async function buildImages(cluster: Cluster, images: readonly Image[]): Promise<void> {
  for (const image of images) await cluster.image(image);
}

await main().catch(endWith);
