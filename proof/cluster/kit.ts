import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../ops/command/run.ts";
import type { Cluster } from "./cluster.ts";
import { show } from "./command.ts";
import { buildPatchedMongo } from "./mongodb.ts";

/** What the chart's development servers are made of; the tests' own pods are of the first. */
const standIns = ["node", "redis", "rabbitmq", "mysql", "mongo", "consul", "zipkin", "k6"];

/** The kit's program in this folder, if there is one. */
export function kitFile(folder: string): string | undefined {
  const file = join(folder, "kube");
  return existsSync(file) ? file : undefined;
}

/**
 * A real one-node Kubernetes on a machine without Docker. One that was up before stays up.
 * @param file the kit's program; its README says what it needs.
 */
export async function kit(file: string): Promise<Cluster> {
  const wasUp = (await run(file, ["status"])).code === 0;
  const verb = (...words: string[]) => show(file, words);
  const image: Cluster["image"] = ({ tag, context, args }) =>
    verb(
      "image",
      tag,
      context,
      ...Object.entries(args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    );
  return {
    name: "the kit's cluster",
    within: [file, "run", "--"],
    values: [join(import.meta.dirname, "kit.yaml")],
    steps: {
      "the cluster's programs": () => verb("build"),
      "the cluster": async () => {
        // What a run that was killed left behind is no cluster to test on.
        if (!wasUp) await verb("down");
        await verb("up");
      },
      Dapr: () => verb("dapr"),
      "stand-in images": () => verb("standins", ...standIns),
      "the database's image": () => buildPatchedMongo(image),
    },
    image,
    end: async () => {
      if (!wasUp) await verb("down");
    },
  };
}
