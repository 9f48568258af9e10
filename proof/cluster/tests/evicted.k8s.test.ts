import { expect, onTestFinished, test } from "vitest";
import { apps } from "../../../dev/services.ts";
import { run } from "../../../ops/command/run.ts";
import { isReady, kubectl, namespace, podsOf } from "../kubectl.ts";
import { mealFor } from "./meal.ts";

const nodes = async () => (await kubectl("get", "nodes", "--output=name")).trim().split("\n");

/** Asks for an eviction, as `kubectl drain` does. @returns what the API server said, nothing when it agreed. */
async function evict(pod: string): Promise<string> {
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: pod, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  const { code, output } = await run("kubectl", ["create", "--raw", path, "--filename=-"], {
    input: JSON.stringify(eviction),
  });
  return code === 0 ? "" : output;
}

const readyPods = async (app: string) => (await podsOf(app)).filter(isReady).map(({ metadata }) => metadata.name);

/** Gives every service so many pods. */
async function scaleTo(replicas: number): Promise<void> {
  await kubectl("scale", ...apps.map((app) => `deployment/${app}`), `--replicas=${replicas}`);
  for (const app of apps) await expect.poll(() => readyPods(app), { timeout: 240_000 }).toHaveLength(replicas);
}

async function uncordon(): Promise<void> {
  for (const node of await nodes()) await kubectl("uncordon", node);
}

test("a node that is drained takes one pod of each service, not the last, and gets them back", async () => {
  await scaleTo(2);
  onTestFinished(uncordon);
  for (const node of await nodes()) await kubectl("cordon", node);

  for (const app of apps) {
    const [first = "", second = ""] = await readyPods(app);
    // The budget is reckoned anew a moment after the pods are ready.
    await expect.poll(() => evict(first), { message: app }).toBe("");
    await expect.poll(() => readyPods(app), { timeout: 120_000 }).toEqual([second]);
    expect(await evict(second), app).toContain("disruption budget");
  }
  await mealFor("a guest who comes while the node is drained");

  await uncordon();
  await scaleTo(2);
  await scaleTo(1);
}, 900_000);
