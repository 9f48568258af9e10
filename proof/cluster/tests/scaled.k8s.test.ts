import { expect, test } from "vitest";
import { isReady, kubectl, podsOf } from "../kubectl.ts";
import { demandClosedBooks } from "./books.ts";
import { startLoad } from "./load.ts";

const scaled = ["order", "stock"] as const;

async function scaleTo(replicas: number): Promise<void> {
  await kubectl("scale", ...scaled.map((app) => `deployment/${app}`), `--replicas=${replicas}`);
  const ready = async (app: string) => {
    const pods = await podsOf(app);
    return [pods.length, pods.filter(isReady).length];
  };
  for (const app of scaled) await expect.poll(() => ready(app), { timeout: 240_000 }).toEqual([replicas, replicas]);
}

test("order and stock go to three replicas and back under load, and no order is lost", async () => {
  const before = Number(await kubectl("get", "deployment/order", "--output=jsonpath={.spec.replicas}"));
  const load = await startLoad(2);
  await scaleTo(3);
  await scaleTo(before);
  await load.end();
  await demandClosedBooks();
}, 900_000);
