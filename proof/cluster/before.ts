import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../dev/stack/parts/services.ts";
import type { Chart } from "./chart.ts";
import type { Image } from "./cluster.ts";
import { must } from "./command.ts";

/** The version from which an upgrade is tried: the last whose kitchen was told what to cook, by an event. */
const commit = "3f9a19a";

/** Two of each service before and after: for a while both versions answer each other. */
export const twoOfEach = "defaults.replicas=2";

/** Its services; the page and Stripe's stand-in, which would forget whose money it has, are the same before and after. */
const services = ["order", "stock", "payment", "kitchen"];
const tag = "before";

/** The chart of that version, in a folder that holds its sources. */
export function chartBefore(folder: string): Chart {
  return {
    root: folder,
    values: "tools/k8s/values.yaml",
    tag,
    set: [...["page", "standin"].map(sameImage), twoOfEach],
  };
}

function sameImage(name: string): string {
  return name === "standin" ? `development.images.standin=gorder/${name}:test` : `${name}.image=gorder/${name}:test`;
}

/** The images of that version that are built of its sources. */
export function imagesBefore(folder: string): Image[] {
  return services.map((service) => ({ tag: `gorder/${service}:${tag}`, context: folder, args: { SERVICE: service } }));
}

/**
 * Lays out the sources of that version in a folder of their own, which `remove` takes away.
 * @throws when this clone's history does not reach that far.
 */
export async function layOutBefore(): Promise<{ folder: string; remove(): void }> {
  await must("git", ["-C", root, "cat-file", "-e", `${commit}^{commit}`]).catch(() => {
    throw new Error(
      `the upgrade starts from ${commit}, which this clone does not have: "git fetch --unshallow" brings its history`,
    );
  });
  const folder = mkdtempSync(join(tmpdir(), "gorder-before-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const archive = join(folder, "sources.tar");
    await must("git", ["-C", root, "archive", "--output", archive, commit]);
    await must("tar", ["-xf", archive, "-C", folder]);
    rmSync(archive);
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
