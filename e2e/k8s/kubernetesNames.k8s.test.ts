import { afterAll, expect, test } from "vitest";
import { install } from "../../tools/k8s/chart.ts";
import { kubectl, podsOf } from "../../tools/k8s/kubectl.ts";
import { apps } from "../../tools/services.ts";
import { demandClosedBooks } from "./books.ts";
import { startLoad } from "./load.ts";
import { mealFor, payAndEat, place } from "./meal.ts";

const waits = async () => {
  const pods = (await Promise.all(apps.map(podsOf))).flat();
  return pods.flatMap(({ spec }) => (spec.initContainers ?? []).map(({ name }) => name));
};

afterAll(() => install(), 900_000);

// Meanwhile old pods and new ones do not find each other: so this is no upgrade under load.
test("with Kubernetes' own name resolution nobody needs Consul: an order from before, a new one and a load of them are eaten", async () => {
  const ordered = await place();
  await install("nameResolution=kubernetes");
  expect((await waits()).filter((name) => name === "wait-for-consul")).toEqual([]);
  await kubectl("scale", "deployment/consul", "--replicas=0");
  await payAndEat(ordered, "whose order was there before");
  await mealFor("a guest of the new names");
  const load = await startLoad(2);
  await mealFor("a guest among many");
  await load.end();
  await demandClosedBooks();
}, 1_800_000);
