import { expect, test } from "vitest";
import { apps } from "../../../dev/services.ts";
import { install } from "../chart.ts";
import { kubectl, podsOf } from "../kubectl.ts";
import { demandClosedBooks } from "./books.ts";
import { startLoad } from "./load.ts";

/** A pod that was told to end lets its last requests go first. */
const gone = { timeout: 120_000, interval: 1_000 };
const pods = async () => (await Promise.all(apps.map(podsOf))).flat().map(({ metadata }) => metadata.name);
const deployments = apps.map((app) => `deployment/${app}`);

async function restartAll(): Promise<void> {
  await kubectl("rollout", "restart", ...deployments);
  for (const one of deployments) await kubectl("rollout", "status", one, "--timeout=300s");
}

test.each([
  ["a rolling restart of everything", restartAll],
  ["an upgrade", () => install("logLevel=warn")],
])(
  "%s under load loses no order, and the books close",
  async (_, replaceAll) => {
    const before = await pods();
    const load = await startLoad(2);
    await replaceAll();
    await load.end();
    await expect.poll(async () => (await pods()).filter((name) => before.includes(name)), gone).toEqual([]);
    await demandClosedBooks();
  },
  1_200_000,
);
